import { describe, expect, it } from 'vitest';
import { UserError } from '../../env/index.ts';
import { evaluateFormula } from '../../scenarios/formula.ts';
import { expandTemplate } from '../../scenarios/template.ts';

const names = { list: [3, 2, 0.1], n: 4, kind: 'poisson', yes: true };

describe('a formula', () => {
  it.each([
    ['1 + 2 * n - 6 / 3', 7],
    ['-(n - 1) * 2', -6],
    ['list[0] + list[n - 3]', 5],
    ['sum(list)', 5.1],
    ['sum(list, 1)', 2.1],
    ['sum(list, 0, 2)', 5],
    ['0.1 + 0.2', 0.3],
    ['count(list) * max(list) + min(n, 9)', 13],
    ['mod(7, n) + round(2.6) + sqrt(n)', 8],
    ["kind == 'poisson' ? none : n", null],
    ["kind != 'poisson' ? 1 : n >= 4 ? 2 : 3", 2],
    ['count(n) + n[0]', 5],
  ])('%s is %j', (text, value) => {
    expect(evaluateFormula(text, names)).toEqual(value);
  });

  it.each([
    ['sd * 2', /"sd" is not among list, n, kind, yes/],
    ['list[7]', /no entry 7 in \[3,2,0\.1\]/],
    ['1 +', /ends too early/],
    ['(1 + 2', /"\)" is missing/],
    ['1 2', /"2" is one too many/],
    ['kind + 1', /"poisson" is no number/],
    ['power(2)', /no function "power"/],
    ['1 # 2', /"# 2" cannot be read/],
  ])('%s is refused in words', (text, message) => {
    expect(() => evaluateFormula(text, names)).toThrow(UserError);
    expect(() => evaluateFormula(text, names)).toThrow(message);
  });
});

/** A formula as it stands in a template. */
const f = (formula: string) => `\${${formula}}`;

describe('a template', () => {
  it('writes entries for every counter, in lists and by name, and leaves out what is none or not wanted', () => {
    const { links, locations } = expandTemplate({
      given: { shops: 2, spare: false },
      template: {
        locations: {
          [`shop${f('i + 1')}`]: { forEach: { i: 'shops' }, cost: f('10 * i'), gone: f('none') },
          spare: { when: 'spare', cost: 1 },
        },
        links: [{ forEach: { i: 'shops', j: 'i + 1' }, to: `shop ${f('i')}-${f('j')}` }],
      },
    });
    expect(locations).toEqual({ shop1: { cost: 0 }, shop2: { cost: 10 } });
    expect(links).toEqual([{ to: 'shop 0-0' }, { to: 'shop 1-0' }, { to: 'shop 1-1' }]);
  });

  it('leaves a scenario without one as it is, and refuses what is none', () => {
    expect(expandTemplate({ id: 'plain' })).toEqual({ id: 'plain' });
    expect(() => expandTemplate({ template: 3 })).toThrow(/template: 3; expected fields/);
    expect(() => expandTemplate({ template: {}, given: { a: { b: 1 } } })).toThrow(/given\.a: .*expected a number, a word or a list/);
    expect(() => expandTemplate({ template: { links: [{ forEach: { i: -1 } }] } })).toThrow(/forEach: -1 is -1; expected a whole number/);
  });
});

import { expect, test } from 'vitest';
import { agentKnobs, readKnobs } from '../../experiments/index.ts';

test('a policy with several parameters is given as it is written elsewhere, with or without quotes', () => {
  const written = { base: 'capped-base-stock:S=17,r=6' };
  expect(readKnobs('dcl', ['base=capped-base-stock:S=17,r=6'])).toEqual(written);
  expect(readKnobs('dcl', ['base="capped-base-stock:S=17,r=6"'])).toEqual(written);
  expect(readKnobs('dcl', ['base=run:2026'])).toEqual({ base: 'run:2026' });
});

test('numbers, lists and choices are read as what they are', () => {
  expect(readKnobs('dcl', ['paths=16', 'hidden=32,16', 'activation=tanh'])).toEqual({ paths: 16, hidden: [32, 16], activation: 'tanh' });
  expect(readKnobs('dcl', ['hidden=[8]'])).toEqual({ hidden: [8] });
});

test('what is no knob is kept, to be refused by its name', () => {
  expect(readKnobs('ppo', ['learningRat=1'])).toEqual({ learningRat: 1 });
});

test('the help says what each knob takes', () => {
  const takes = (name: string) => agentKnobs('dcl').find((knob) => knob.name === name)?.takes;
  expect([takes('base'), takes('paths'), takes('activation')]).toEqual(['text', 'whole number from 1', 'one of relu, tanh']);
});

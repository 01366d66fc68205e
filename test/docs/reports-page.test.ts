import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VIEWS } from '../../experiments/index.ts';

const page = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8');
const [, ...sections] = page.slice(page.indexOf('## Views')).split(/^### /m);

test('docs/reports.md has every view, in order, and says what one row is', () => {
  expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(VIEWS.map(({ name }) => name));
  for (const [k, { row }] of VIEWS.entries()) expect(sections[k]).toContain(`One row is ${row}.`);
});

test.each(VIEWS.map((view, k) => ({ ...view, k })))('docs/reports.md has the columns of $name, with types', ({ columns, k }) => {
  const written = [...sections[k].matchAll(/^\| `(\w+)`(?: to `q95`)? \| (\S+) \| (.*) \|$/gm)].map(([, name, type]) => [name, type]);
  // Quantiles are written in one row.
  const kept = columns.filter(([name]) => !/^q\d\d$/.test(name) || name === 'q05');
  expect(written).toEqual(kept.map(([name, type]) => [name, type]));
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenariosPage } from '../../scripts/scenarios-page.ts';

const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');

test('docs/scenarios.md is what the presets say and what was measured (npm run -s docs makes it)', async () => {
  expect(read('scenarios.md')).toBe(await scenariosPage());
});

test('every trade that was measured has its baselines, a learned agent and a bound; of the others the page says that they were not', () => {
  const { trades, missing } = JSON.parse(read('scenarios.json'));
  expect(trades.length + missing.length).toBe(10);
  for (const id of missing) expect(read('scenarios.md')).toContain(`Not measured yet: \`npm run -s bench -- scenarios --only ${id}\``);
  for (const { scenario, results, training, bound, notes } of trades) {
    expect(results.length, scenario).toBeGreaterThanOrEqual(2 + training.length);
    expect(training.length, scenario).toBeGreaterThan(0);
    expect(bound.costPerPeriod, scenario).toBeLessThan(bound.baseline);
    for (const { steps, cpuSeconds } of training) {
      expect(steps, scenario).toBeGreaterThan(0);
      expect(cpuSeconds, `${scenario}: an agent is trained in minutes`).toBeLessThan(300);
    }
    for (const { saved } of notes) expect(saved.ci95, `${scenario}: no saving is claimed without its interval`).not.toBeNull();
  }
});

import { expect, test } from 'vitest';
import { itemFacts, itemPlace } from '../../../agents/universal/item-facts.ts';
import { DrawnRun } from '../../../agents/universal/training/drawn-run.ts';
import type { ItemRun, RunPath } from '../../../agents/universal/training/item-run.ts';
import { KnownRun } from '../../../agents/universal/training/known-run.ts';
import { periodCosts } from '../../../agents/universal/training/period-costs.ts';
import { compileNetwork, type Link, type Shortage } from '../../../env/index.ts';
import { store } from '../lost-sales.ts';

/** A demand of nothing or of three, each as likely: all that can happen in a few periods can be gone through. */
const TABLE = Float64Array.of(0.5, 0, 0, 0.5);
const PERIODS = 8;

const lead: Partial<Link> = { leadTime: { values: [1, 2, 3], probabilities: [0.3, 0.3, 0.4] } };
const cases: readonly [string, Shortage, Partial<Link>][] = [
  ['lost sales', { kind: 'lost', cost: 7 }, { leadTime: 2 }],
  ['backlog', { kind: 'backlog', cost: 7 }, { leadTime: 1, fixedCost: 11 }],
  ['partial backlog', { kind: 'partial', cost: 7, backlogged: 0.4 }, { leadTime: 2, fixedCost: 3 }],
  ['a lead time that is drawn', { kind: 'lost', cost: 7 }, lead],
];

test.each(cases)('under %s, costs that are expected and costs that happen have one mean', (_what, shortage, link) => {
  const plain = store({ shortageCost: 7, demand: { name: 'empirical', values: [0, 3] } });
  const scenario = { ...plain, locations: [{ ...plain.locations[0], shortage }], links: [{ ...plain.links[0], ...link }] };
  const facts = itemFacts(itemPlace(compileNetwork(scenario, 1), 0, 0));
  const runOf = (costs?: Float64Array): ItemRun => (facts.leadTimeVariance > 0 ? new DrawnRun(facts, costs) : new KnownRun(facts, costs));
  const state = new Float64Array(facts.longest);
  state[0] = 4;
  const meanOf = (run: ItemRun): number => {
    let sum = 0;
    for (let which = 0; which < 2 ** PERIODS; which++) {
      const path: RunPath = {
        demands: Float64Array.from({ length: PERIODS }, (_, t) => 3 * ((which >> t) & 1)),
        draws: Float64Array.from({ length: PERIODS * run.drawsPerPeriod }, (_, t) => (0.37 * t) % 1),
        levels: { s: Float64Array.of(6), S: Float64Array.of(9), r: Float64Array.of(7), stride: 0 },
        weights: Float64Array.from({ length: PERIODS }, (_, t) => (t < 5 ? 1 : 0.5)),
        full: 5,
        periods: PERIODS,
      };
      sum += run.cost({ state, at: 0 }, 2, path, 0);
    }
    return sum / 2 ** PERIODS;
  };
  expect(meanOf(runOf(periodCosts(facts, TABLE)))).toBeCloseTo(meanOf(runOf()), 9);
});

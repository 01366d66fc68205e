import { parseArgs } from 'node:util';
import {
  type FoldedItem,
  type ItemFacts,
  itemFacts,
  outsideReason,
  shippedUniversalNetwork,
  solveExact,
  stateLength,
  tune,
  universal,
} from '../agents/index.ts';
import { compileNetwork, createStream, type Scenario } from '../env/index.ts';
import { evaluate } from '../experiments/index.ts';
import { loadScenario, openFamily } from '../scenarios/index.ts';

// The network that ships, measured: npm run -s bench -- universal [--items 200] [--lanes 1024] [--periods 10000] [--only cells,items,speed,more]
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '200' },
    lanes: { type: 'string', default: '1024' },
    periods: { type: 'string', default: '10000' },
    only: { type: 'string', default: 'cells,items,speed,more' },
  },
});
const size = { lanes: Number(values.lanes), periods: Number(values.periods) };
const parts = values.only.split(',');
const network = shippedUniversalNetwork();
const policy = universal({ network });
/** Far from any seed of training. */
const SEED = 1_000_000;
const family = await openFamily('lost-sales');

/** An item of the family that the network says it was trained for. */
function* benchmarkItems(): Generator<{ readonly k: number; readonly scenario: Scenario; readonly facts: ItemFacts }> {
  for (let k = 0; ; k++) {
    const { scenario } = family.draw(k, { seed: SEED, purpose: 'benchmark item' });
    const compiled = compileNetwork(scenario, 1);
    if (outsideReason(compiled, network) !== undefined) continue;
    const [node] = compiled.nodes;
    yield { k, scenario, facts: itemFacts({ scenario, node, arc: compiled.arcs[node.inbound[0]], lane: 0, represents: 0 }) };
  }
}

function firstItems(count: number): { readonly k: number; readonly scenario: Scenario; readonly facts: ItemFacts }[] {
  const found = [];
  for (const item of benchmarkItems()) {
    if (found.length === count) break;
    found.push(item);
  }
  return found;
}

/** Zipkin's cells: gap to the exact optimum. */
async function cells() {
  const rows = [];
  for (const demand of ['poisson', 'geometric'])
    for (const leadTime of [1, 2, 3, 4])
      for (const shortageCost of [4, 9, 19, 39]) {
        const set = [`demand=${demand}`, `leadTime=${leadTime}`, `shortageCost=${shortageCost}`];
        const { scenario } = await loadScenario('lost-sales', { set });
        const optimum = solveExact(scenario);
        const [{ gapPercent, gapCi95 }] = evaluate({ scenario, policies: [policy], ...size, seed: SEED, optimum }).results;
        rows.push({ demand, leadTime, shortageCost, gapPercent, gapCi95 });
        console.error(`${demand} L=${leadTime} p=${shortageCost}: ${gapPercent?.toFixed(3)} %`);
      }
  const gaps = rows.map(({ gapPercent = Number.NaN }) => gapPercent);
  return { mean: mean(gaps), worst: Math.max(...gaps), rows };
}

/** Random items against each one's own tuned capped base stock: cost above it, in percent. */
function items() {
  const rows = [];
  for (const { k, scenario, facts } of firstItems(Number(values.items))) {
    const { policy: capped } = tune({ scenario, family: 'capped-base-stock', exactStates: 0 });
    const { results, differences } = evaluate({ scenario, policies: [capped, policy], ...size, seed: SEED });
    const percent = (cost: number) => (100 * cost) / results[0].costPerPeriod;
    const [{ mean: difference, ci95 }] = differences;
    rows.push({ k, ...facts, percent: percent(difference), ci95: ci95?.map(percent) ?? null });
    console.error(`item ${k}, L=${facts.leadTime}: ${percent(difference).toFixed(3)} %`);
  }
  const all = rows.map(({ percent }) => percent);
  return { mean: mean(all), worst: Math.max(...all), best: Math.min(...all), worseBy03: all.filter((one) => one > 0.3).length, rows };
}

const MANY = 10_000;

/** States that items might be in, [item][number]: about what has to last, unevenly on the way. */
function statesOf(facts: readonly ItemFacts[]): { readonly states: Float64Array; readonly width: number } {
  const random = createStream(SEED, 'benchmark states');
  const width = facts.reduce((most, { leadTime }) => Math.max(most, stateLength(leadTime)), 0);
  const states = Float64Array.from({ length: facts.length * width }, (_, i) =>
    Math.round(2 * random.next() * facts[Math.floor(i / width)].mean * facts[Math.floor(i / width)].unit),
  );
  return { states, width };
}

/** Decisions for many different items, one each, on one core. */
function speed() {
  const facts = firstItems(MANY).map((item) => item.facts);
  const { states, width } = statesOf(facts);
  let began = cpu();
  const folded = facts.map((one) => network.fold(one));
  const foldMilliseconds = cpu() - began;
  const rounds = [];
  for (let round = 0; round < 15; round++) {
    began = cpu();
    folded.forEach((item, i) => {
      network.order(item, states, i * width);
    });
    rounds.push(cpu() - began);
  }
  rounds.sort((a, b) => a - b);
  return { items: MANY, foldMilliseconds, least: rounds[0], median: rounds[7], most: rounds[14] };
}

/** [ms] of this process */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** How often one more unit on hand brings a larger order. */
function more() {
  const facts = firstItems(MANY).map((item) => item.facts);
  const { states, width } = statesOf(facts);
  const rises = facts.map((one, i) => riseOf(network.fold(one), states.slice(i * width, (i + 1) * width)));
  const share = (least: number) => (100 * rises.filter((rise) => rise >= least).length) / MANY;
  return { states: MANY, risePercent: share(1), riseByMoreThanOnePercent: share(2), largestRise: Math.max(...rises) };
}

function riseOf(item: FoldedItem, state: Float64Array): number {
  const before = network.order(item, state, 0);
  state[0]++;
  return network.order(item, state, 0) - before;
}

function mean(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}

const result = {
  benchmark: 'universal',
  origin: network.parts.origin,
  bounds: network.parts.bounds,
  ...size,
  seed: SEED,
  speed: parts.includes('speed') ? speed() : undefined,
  more: parts.includes('more') ? more() : undefined,
  cells: parts.includes('cells') ? await cells() : undefined,
  items: parts.includes('items') ? items() : undefined,
};
console.log(JSON.stringify(result));

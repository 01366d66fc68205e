import { type FoldedItem, type ItemFacts, LONGEST_LEAD_TIME, type UniversalNetwork } from '../../agents/index.ts';
import { createStream } from '../../env/index.ts';
import { firstItems, SEED } from './family-items.ts';

const MANY = 10_000;
const ROUNDS = 25;

interface Measured {
  readonly family: string;
  readonly network: UniversalNetwork;
}

/** Items of a family that the network orders for, and states that they might be in, [item][number]: about what has to last, unevenly on the way. */
async function itemsAndStates({ family, network }: Measured) {
  const facts = (await firstItems(MANY, { family, network })).map((item) => item.facts);
  const random = createStream(SEED, 'benchmark states');
  const states = Float64Array.from({ length: facts.length * LONGEST_LEAD_TIME }, (_, i) => {
    const own: ItemFacts = facts[Math.floor(i / LONGEST_LEAD_TIME)];
    const fill = 2 + (i % LONGEST_LEAD_TIME === 0 ? own.cycle : 0);
    return Math.round(fill * random.next() * own.mean * own.unit);
  });
  return { facts, states };
}

/** Decisions for many different items, one each, on one core. */
export async function speed(measured: Measured) {
  const { network } = measured;
  const { facts, states } = await itemsAndStates(measured);
  let began = cpu();
  const folded = facts.map((one) => network.fold(one));
  const foldMilliseconds = cpu() - began;
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    began = cpu();
    folded.forEach((item, i) => {
      network.order(item, states, i * LONGEST_LEAD_TIME);
    });
    rounds.push(cpu() - began);
  }
  rounds.sort((a, b) => a - b);
  return { items: MANY, foldMilliseconds, least: rounds[0], median: rounds[Math.floor(ROUNDS / 2)], most: rounds[ROUNDS - 1] };
}

/** [ms] of this process */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** How often one more unit on hand brings a larger order. */
export async function more(measured: Measured) {
  const { network } = measured;
  const { facts, states } = await itemsAndStates(measured);
  const rises = facts.map((one, i) => {
    const at = i * LONGEST_LEAD_TIME;
    const item = network.fold(one);
    return riseOf(item, (state) => network.order(item, state, 0), states.slice(at, at + LONGEST_LEAD_TIME));
  });
  const share = (least: number) => (100 * rises.filter((rise) => rise >= least).length) / MANY;
  return { states: MANY, risePercent: share(1), riseByMoreThanOnePercent: share(2), largestRise: Math.max(...rises) };
}

function riseOf({ unit }: FoldedItem, order: (state: Float64Array) => number, state: Float64Array): number {
  const before = order(state);
  state[0] += Math.max(1, unit);
  return order(state) - before;
}

import { type ItemFacts, LONGEST_LEAD_TIME } from '../../agents/index.ts';

const NUMBERS = [
  'shortageRatio',
  'leadTime',
  'unit',
  'mean',
  'sd',
  'varianceRatio',
  'zeroShare',
  'skewness',
] as const satisfies readonly (keyof ItemFacts)[];

/** Numbers that an item's facts are kept as: one with a lead time. */
export const FACTS_WIDTH = NUMBERS.length + LONGEST_LEAD_TIME + 1;

export function writeFacts(facts: ItemFacts, to: Float64Array, item: number): void {
  const at = item * FACTS_WIDTH;
  NUMBERS.forEach((name, k) => {
    to[at + k] = facts[name];
  });
  to.set(facts.cover, at + NUMBERS.length);
}

export function readFacts(from: Float64Array, item: number): ItemFacts {
  const own = from.subarray(item * FACTS_WIDTH, (item + 1) * FACTS_WIDTH);
  const [shortageRatio, leadTime, unit, mean, sd, varianceRatio, zeroShare, skewness] = own;
  const cover = own.slice(NUMBERS.length, NUMBERS.length + leadTime + 1);
  return { shortageRatio, leadTime, unit, mean, sd, varianceRatio, zeroShare, skewness, cover, upTo: null };
}

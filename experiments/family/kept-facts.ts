import type { ItemFacts } from '../../agents/index.ts';

const NUMBERS = [
  'shortageRatio',
  'lostRatio',
  'waitRatio',
  'waits',
  'fixedRatio',
  'lot',
  'least',
  'cycle',
  'leadTime',
  'leadTimeVariance',
  'longest',
  'unit',
  'batch',
  'mean',
  'sd',
  'varianceRatio',
  'zeroShare',
  'skewness',
  'usualMean',
  'usualVariance',
  'believedUsual',
] as const satisfies readonly (keyof ItemFacts)[];

const FLAGS = ['moves', 'crossing'] as const satisfies readonly (keyof ItemFacts)[];

const ARRAYS = ['leadTimes', 'coming', 'comingVariance', 'cover', 'lasting'] as const satisfies readonly (keyof ItemFacts)[];

/** Numbers that each list of facts has room for. */
const ROOM = 10;

/** Numbers that an item's facts are kept as. */
export const FACTS_WIDTH = NUMBERS.length + FLAGS.length + ARRAYS.length * (1 + ROOM);

export function writeFacts(facts: ItemFacts, to: Float64Array, entry: number): void {
  let at = entry * FACTS_WIDTH;
  for (const name of NUMBERS) to[at++] = facts[name];
  for (const name of FLAGS) to[at++] = facts[name] ? 1 : 0;
  for (const name of ARRAYS) {
    to[at] = facts[name].length;
    to.set(facts[name], at + 1);
    at += 1 + ROOM;
  }
}

export function readFacts(from: Float64Array, entry: number): ItemFacts {
  const own = from.subarray(entry * FACTS_WIDTH, (entry + 1) * FACTS_WIDTH);
  const number = (name: (typeof NUMBERS)[number]) => own[NUMBERS.indexOf(name)];
  const flag = (name: (typeof FLAGS)[number]) => own[NUMBERS.length + FLAGS.indexOf(name)] === 1;
  const list = (name: (typeof ARRAYS)[number]) => {
    const at = NUMBERS.length + FLAGS.length + ARRAYS.indexOf(name) * (1 + ROOM);
    return own.slice(at + 1, at + 1 + own[at]);
  };
  return {
    shortageRatio: number('shortageRatio'),
    lostRatio: number('lostRatio'),
    waitRatio: number('waitRatio'),
    waits: number('waits'),
    fixedRatio: number('fixedRatio'),
    lot: number('lot'),
    least: number('least'),
    cycle: number('cycle'),
    leadTime: number('leadTime'),
    leadTimeVariance: number('leadTimeVariance'),
    longest: number('longest'),
    unit: number('unit'),
    batch: number('batch'),
    mean: number('mean'),
    sd: number('sd'),
    varianceRatio: number('varianceRatio'),
    zeroShare: number('zeroShare'),
    skewness: number('skewness'),
    usualMean: number('usualMean'),
    usualVariance: number('usualVariance'),
    believedUsual: number('believedUsual'),
    moves: flag('moves'),
    crossing: flag('crossing'),
    leadTimes: list('leadTimes'),
    coming: list('coming'),
    comingVariance: list('comingVariance'),
    cover: list('cover'),
    lasting: list('lasting'),
    upTo: null,
  };
}

import { readFile } from 'node:fs/promises';
import {
  type FamilyTries,
  fitRule,
  guessedRule,
  ITEM_FEATURES,
  type ItemFacts,
  itemFeatures,
  levelBasis,
  MOST_TRIED,
  orderScale,
  placeOf,
  quickLevels,
  type RuleCoefficients,
  STATE_FEATURES,
  stateFeatures,
  stateLength,
  type UniversalConfig,
  writeRuleNumbers,
  writeStateFeatures,
} from '../../agents/index.ts';
import { UserError } from '../../env/index.ts';
import { type Archive, type ArchiveArray, decodeArchive } from '../../neural/index.ts';
import { RULE_WIDTH, STATE_WIDTH, TRIES } from './chunk.ts';
import { FACTS_WIDTH, readFacts } from './kept-facts.ts';
import { type ArrayOf, sharedArray } from './shared-array.ts';

export interface ReadTries {
  readonly tries: FamilyTries;
  readonly rule: RuleCoefficients;
  readonly facts: readonly ItemFacts[];
  /** Periods simulated. */
  readonly work: number;
}

/** What tries came to, chunk after chunk, as the network is to see it; in memory that threads can share. */
export async function readTries(
  files: readonly string[],
  { states, perLevel }: Pick<UniversalConfig, 'states' | 'perLevel'>,
): Promise<ReadTries> {
  const archives = await Promise.all(files.map(async (name) => decodeArchive(await readFile(name), { name, kind: TRIES })));
  const numbers = joined(archives, 'facts', Float64Array);
  const facts = Array.from({ length: numbers.length / FACTS_WIDTH }, (_, entry) => readFacts(numbers, entry));
  const entries = joinedEntries(archives);
  const rules = joined(archives, 'rules', Float64Array);
  const rule = fitRule(
    Array.from({ length: rules.length / RULE_WIDTH }, (_, item) => {
      const [safety, orders, cap] = rules.subarray(item * RULE_WIDTH, (item + 1) * RULE_WIDTH);
      return { facts: facts[entries[item * states]], rule: { safety, orders, cap } };
    }),
  );
  const looks = {
    perLevel,
    facts,
    entries,
    rule,
    states: joined(archives, 'states', Float64Array),
    orders: joined(archives, 'orders', Float64Array),
  };
  return {
    tries: {
      entries,
      ...asSeen(looks),
      costs: joined(archives, 'costs', Float32Array),
      noise: joined(archives, 'noise', Float64Array),
      period: joined(archives, 'period', Float64Array),
    },
    rule,
    facts,
    work: archives.reduce((sum, { data }) => sum + Number(data.work), 0),
  };
}

interface Looks {
  readonly perLevel: number;
  readonly facts: readonly ItemFacts[];
  /** [row] */
  readonly entries: Int32Array;
  readonly rule: RuleCoefficients;
  /** [row][number of the state] */
  readonly states: Float64Array;
  /** [row][k] */
  readonly orders: Float64Array;
}

/** Items, states and orders as the network has them: features, and places around what the quick rule's levels lack. */
function asSeen({ perLevel, facts, entries, rule, states, orders }: Looks): Pick<FamilyTries, 'itemFeatures' | 'stateFeatures' | 'places'> {
  const ofItems = sharedArray(Float32Array, facts.length * ITEM_FEATURES);
  const ofStates = sharedArray(Float32Array, entries.length * STATE_FEATURES);
  const places = sharedArray(Float32Array, orders.length);
  const known = facts.map((own, entry) => {
    const basis = levelBasis(own);
    const levels = quickLevels(guessedRule(own, rule), basis);
    const scale = orderScale(own, levels, perLevel);
    ofItems.set(itemFeatures(own, { levels, scale }), entry * ITEM_FEATURES);
    return { look: { basis, levels, scale }, state: stateFeatures(own, levels), length: stateLength(own) };
  });
  const seen = new Float64Array(STATE_WIDTH + 2);
  entries.forEach((entry, row) => {
    const { look, state, length } = known[entry];
    seen.set(states.subarray(row * STATE_WIDTH, row * STATE_WIDTH + length));
    const centre = writeRuleNumbers(seen, length, look);
    writeStateFeatures(seen, state, ofStates, row * STATE_FEATURES);
    for (let k = row * MOST_TRIED; k < (row + 1) * MOST_TRIED; k++)
      places[k] = orders[k] < 0 ? Number.NaN : placeOf(orders[k], centre, look.scale);
  });
  return { itemFeatures: ofItems, stateFeatures: ofStates, places };
}

/** [row] entries of all chunks, each counted on from those before. */
function joinedEntries(archives: readonly Archive[]): Int32Array {
  const entries = joined(archives, 'entries', Int32Array);
  let row = 0;
  let before = 0;
  for (const { arrays } of archives) {
    for (const last = row + arrays.entries.length; row < last; row++) entries[row] += before;
    before += arrays.facts.length / FACTS_WIDTH;
  }
  return entries;
}

function joined<T extends ArchiveArray>(archives: readonly Archive[], name: string, type: ArrayOf<T>): T {
  const parts = archives.map(({ arrays }) => {
    const array = arrays[name];
    if (array instanceof type) return array;
    throw new UserError(`a chunk lacks "${name}": it is of another version; remove the run and train again`);
  });
  const all = sharedArray(
    type,
    parts.reduce((length, part) => length + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

import { readFile } from 'node:fs/promises';
import {
  type FamilyTries,
  fitRule,
  ITEM_FEATURES,
  type ItemFacts,
  itemFeatures,
  KNOTS,
  knotStep,
  placeOf,
  type RuleCoefficients,
  ruleLevels,
  ruleOrder,
  STATE_FEATURES,
  stateFeatures,
  stateLength,
  writeStateFeatures,
} from '../../agents/index.ts';
import { UserError } from '../../env/index.ts';
import { type Archive, type ArchiveArray, decodeArchive } from '../../neural/index.ts';
import { STATE_WIDTH, TRIES } from './chunk.ts';
import { FACTS_WIDTH, readFacts } from './kept-facts.ts';

export interface ReadTries {
  readonly tries: FamilyTries;
  readonly rule: RuleCoefficients;
  readonly facts: readonly ItemFacts[];
  /** Periods simulated. */
  readonly work: number;
}

/** What tries came to, chunk after chunk, as the network is to see it. @throws UserError where too few items are worth selling */
export async function readTries(files: readonly string[], states: number): Promise<ReadTries> {
  const archives = await Promise.all(files.map(async (name) => decodeArchive(await readFile(name), { name, kind: TRIES })));
  const numbers = joined(archives, 'facts', Float64Array);
  const levels = joined(archives, 'levels', Float64Array);
  const facts = Array.from({ length: numbers.length / FACTS_WIDTH }, (_, item) => readFacts(numbers, item));
  const searched = facts.map((own, item) => ({ facts: own, levels: { S: levels[2 * item], r: levels[2 * item + 1] } }));
  const sold = searched.filter((item) => item.levels.S > 0).length;
  if (sold < 2) throw new UserError(`of the family's items ${sold} are worth selling; expected more: give it larger shortage costs`);
  const rule = fitRule(searched);
  return {
    tries: {
      states,
      ...asSeen(facts, {
        rule,
        states,
        numbers: joined(archives, 'states', Float64Array),
        orders: joined(archives, 'orders', Int32Array),
      }),
      costs: joined(archives, 'costs', Float32Array),
      noise: joined(archives, 'noise', Float64Array),
    },
    rule,
    facts,
    work: archives.reduce((sum, { data }) => sum + Number(data.work), 0),
  };
}

interface Looks {
  readonly rule: RuleCoefficients;
  readonly states: number;
  /** [row][number of the state] */
  readonly numbers: Float64Array;
  /** [row][k] */
  readonly orders: Int32Array;
}

/** Items, states and orders as the network has them: features, and places around the quick rule's order. */
function asSeen(
  facts: readonly ItemFacts[],
  { rule, states, numbers, orders }: Looks,
): Pick<FamilyTries, 'itemFeatures' | 'stateFeatures' | 'places'> {
  const ofItems = new Float32Array(facts.length * ITEM_FEATURES);
  const ofStates = new Float32Array(facts.length * states * STATE_FEATURES);
  const places = new Float32Array(orders.length);
  facts.forEach((own, item) => {
    const levels = ruleLevels(own, rule);
    ofItems.set(itemFeatures(own, levels), item * ITEM_FEATURES);
    const state = stateFeatures(own);
    const length = stateLength(own.leadTime);
    for (let row = item * states; row < (item + 1) * states; row++) {
      const seen = numbers.slice(row * STATE_WIDTH, row * STATE_WIDTH + length + 1);
      const centre = ruleOrder(
        seen.subarray(0, length).reduce((sum, units) => sum + units, 0),
        levels,
      );
      seen[length] = centre;
      writeStateFeatures(seen, state, ofStates, row * STATE_FEATURES);
      for (let k = row * KNOTS; k < (row + 1) * KNOTS; k++)
        places[k] = orders[k] < 0 ? Number.NaN : placeOf(orders[k], centre, knotStep(own));
    }
  });
  return { itemFeatures: ofItems, stateFeatures: ofStates, places };
}

function joined<T extends ArchiveArray>(archives: readonly Archive[], name: string, type: new (length: number) => T): T {
  const parts = archives.map(({ arrays }) => {
    const array = arrays[name];
    if (array instanceof type) return array;
    throw new UserError(`a chunk lacks "${name}": it is of another version; remove the run and train again`);
  });
  const all = new type(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

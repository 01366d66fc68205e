import { readFile } from 'node:fs/promises';
import { type FamilyTries, ITEM_FEATURES, type ItemFacts, RULE_INPUTS, type RuleCoefficients, ridgeWeights } from '../../agents/index.ts';
import { UserError } from '../../env/index.ts';
import { type Archive, type ArchiveArray, decodeArchive } from '../../neural/index.ts';
import { KEPT_FACTS, LEVELS, TRIES } from './chunk.ts';

/** Holds the squares of the rule's coefficients down. */
const PENALTY = 1;

/** The rule that searched levels come to. @throws UserError where too few items have levels */
export async function ruleOf(files: readonly string[]): Promise<RuleCoefficients> {
  const archives = await readAll(files, LEVELS);
  const inputs = joined(archives, 'inputs', Float64Array);
  const count = inputs.length / RULE_INPUTS;
  if (count < 2) throw new UserError(`of the family's items ${count} are worth selling; expected more: give it larger shortage costs`);
  const rows = Array.from({ length: count }, (_, k) => inputs.subarray(k * RULE_INPUTS, (k + 1) * RULE_INPUTS));
  const weights = (name: string) => ridgeWeights(rows, Array.from(joined(archives, name, Float64Array)), PENALTY);
  return { S: weights('S'), r: weights('r') };
}

export interface ReadTries {
  readonly tries: FamilyTries;
  readonly facts: readonly Pick<ItemFacts, (typeof KEPT_FACTS)[number]>[];
  /** Periods simulated, all lanes together. */
  readonly work: number;
}

/** What tries came to, chunk after chunk. */
export async function readTries(files: readonly string[], states: number): Promise<ReadTries> {
  const archives = await readAll(files, TRIES);
  const facts = joined(archives, 'facts', Float64Array);
  const itemFeatures = joined(archives, 'itemFeatures', Float32Array);
  const width = KEPT_FACTS.length;
  return {
    tries: {
      states,
      itemFeatures,
      largest: joined(archives, 'largest', Int32Array),
      stateFeatures: joined(archives, 'stateFeatures', Float32Array),
      costs: joined(archives, 'costs', Float64Array),
      noise: joined(archives, 'noise', Float64Array),
    },
    facts: Array.from({ length: itemFeatures.length / ITEM_FEATURES }, (_, k) => {
      const [shortageRatio, leadTime, mean, varianceRatio] = facts.subarray(k * width, (k + 1) * width);
      return { shortageRatio, leadTime, mean, varianceRatio };
    }),
    work: archives.reduce((sum, { data }) => sum + Number(data.work), 0),
  };
}

function readAll(files: readonly string[], kind: string): Promise<Archive[]> {
  return Promise.all(files.map(async (name) => decodeArchive(await readFile(name), { name, kind })));
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

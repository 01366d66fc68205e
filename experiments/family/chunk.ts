import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  ITEM_FEATURES,
  type ItemFacts,
  KNOTS,
  largestOrder,
  quickLevels,
  type RuleCoefficients,
  ruleInputs,
  ruleTargets,
  STATE_FEATURES,
  trainingFacts,
  triesConfig,
  tryItem,
  type UniversalConfig,
} from '../../agents/index.ts';
import { type Archive, encodeArchive } from '../../neural/index.ts';
import { type Family, openFamily } from '../../scenarios/index.ts';
import { writeWhole } from '../runs/store.ts';

/** A part of the work on a family's items that is done at once, and kept in a file of its own. Plain data. */
export interface Chunk {
  readonly family: string;
  readonly settings: readonly string[];
  readonly seed: number;
  readonly config: UniversalConfig;
  /** Null: levels are searched, to make the rule of; else orders are tried, starting from it. */
  readonly rule: RuleCoefficients | null;
  readonly from: number;
  readonly count: number;
  readonly file: string;
}

export const LEVELS = 'universal-levels';
export const TRIES = 'universal-tries';
/** Facts that are kept of each item: those that a family's bounds are made of. */
export const KEPT_FACTS = ['shortageRatio', 'leadTime', 'mean', 'varianceRatio'] as const satisfies readonly (keyof ItemFacts)[];
/** Far enough apart that no item's states are drawn as another's. */
const SEEDS_APART = 2 ** 10;
const ITEMS_APART = 2 ** 24;

/** Does a chunk and writes its file, whole or not at all. */
export async function workChunk(chunk: Chunk, onItem?: () => void): Promise<void> {
  const family = await openFamily(chunk.family, chunk.settings);
  const archive = chunk.rule === null ? searchLevels(family, chunk, onItem) : tryOrders(family, chunk, chunk.rule, onItem);
  await mkdir(dirname(chunk.file), { recursive: true });
  await writeWhole(chunk.file, encodeArchive(archive));
}

function searchLevels(family: Family, { seed, from, count }: Chunk, onItem?: () => void): Archive {
  const rows: { readonly inputs: Float64Array; readonly S: number; readonly r: number }[] = [];
  for (let k = from; k < from + count; k++) {
    const { scenario } = family.draw(k, { seed, purpose: 'searched item' });
    const facts = trainingFacts(scenario);
    const levels = quickLevels(scenario, facts);
    if (levels !== null) rows.push({ inputs: ruleInputs(facts), ...ruleTargets(levels, facts) });
    onItem?.();
  }
  const inputs = Float64Array.from(rows.flatMap((row) => Array.from(row.inputs)));
  const column = (name: 'S' | 'r') => Float64Array.from(rows, (row) => row[name]);
  return { kind: LEVELS, data: {}, arrays: { inputs, S: column('S'), r: column('r') } };
}

function tryOrders(family: Family, { seed, from, count, config }: Chunk, rule: RuleCoefficients, onItem?: () => void): Archive {
  const { states } = config;
  const arrays = {
    facts: new Float64Array(count * KEPT_FACTS.length),
    itemFeatures: new Float32Array(count * ITEM_FEATURES),
    largest: new Int32Array(count),
    stateFeatures: new Float32Array(count * states * STATE_FEATURES),
    costs: new Float64Array(count * states * KNOTS),
    noise: new Float64Array(count * states),
  };
  let work = 0;
  for (let i = 0; i < count; i++) {
    const { scenario } = family.draw(from + i, { seed, purpose: 'item' });
    const tries = tryItem({ scenario, rule, config: triesConfig(config), seed: (seed * ITEMS_APART + from + i) * SEEDS_APART });
    arrays.facts.set(
      KEPT_FACTS.map((fact) => tries.facts[fact]),
      i * KEPT_FACTS.length,
    );
    arrays.itemFeatures.set(tries.itemFeatures, i * ITEM_FEATURES);
    arrays.largest[i] = largestOrder(tries.facts);
    arrays.stateFeatures.set(tries.stateFeatures, i * states * STATE_FEATURES);
    arrays.costs.set(tries.costs, i * states * KNOTS);
    arrays.noise.set(tries.noise, i * states);
    work += tries.work;
    onItem?.();
  }
  return { kind: TRIES, data: { work }, arrays };
}

import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type ItemFacts,
  LONGEST_LEAD_TIME,
  MOST_TRIED,
  type TrainingItem,
  trainingItem,
  triesConfig,
  tryItem,
  tryPaths,
  type UniversalConfig,
} from '../../agents/index.ts';
import { UserError } from '../../env/index.ts';
import { type Archive, encodeArchive } from '../../neural/index.ts';
import { type Family, openFamily } from '../../scenarios/index.ts';
import { writeWhole } from '../runs/store.ts';
import { FACTS_WIDTH, writeFacts } from './kept-facts.ts';

/** A part of the work on a family's items that is done at once, and kept in a file of its own. Plain data. */
export interface Chunk {
  readonly family: string;
  readonly settings: readonly string[];
  readonly seed: number;
  readonly config: UniversalConfig;
  readonly from: number;
  readonly count: number;
  readonly file: string;
}

/** Chunks that keep other facts are of another kind: they are refused, not misread. */
export const TRIES = `universal-tries-${FACTS_WIDTH}`;
/** Numbers that are kept of a state. */
export const STATE_WIDTH = LONGEST_LEAD_TIME;
/** Numbers of a rule. */
export const RULE_WIDTH = 3;
/** Far enough apart that no item's states are drawn as another's. */
const ITEMS_APART = 2 ** 24;
/** Draws in place of items that need no network. */
const MOST_DRAWS = 1_000;

/** Does a chunk and writes its file, whole or not at all. */
export async function workChunk(chunk: Chunk, onItem?: () => void): Promise<void> {
  const family = await openFamily(chunk.family, chunk.settings);
  const archive = tryOrders(family, chunk, onItem);
  await mkdir(dirname(chunk.file), { recursive: true });
  await writeWhole(chunk.file, encodeArchive(archive));
}

function tryOrders(family: Family, { seed, from, count, config }: Chunk, onItem?: () => void): Archive {
  const rows = count * config.states;
  const arrays = {
    entries: new Int32Array(rows),
    rules: new Float64Array(count * RULE_WIDTH),
    states: new Float64Array(rows * STATE_WIDTH),
    orders: new Float64Array(rows * MOST_TRIED),
    costs: new Float32Array(rows * MOST_TRIED),
    noise: new Float64Array(rows),
    period: new Float64Array(rows),
  };
  const known: ItemFacts[] = [];
  const paths = tryPaths(config);
  let work = 0;
  for (let i = 0; i < count; i++) {
    const item = drawItem(family, from + i, seed);
    const tries = tryItem({ item, paths, config: triesConfig(config), seed: seed * ITEMS_APART + from + i });
    const { safety, orders, cap } = tries.rule;
    const first = i * config.states;
    for (let state = 0; state < config.states; state++) arrays.entries[first + state] = known.length + (tries.facts.length > 1 ? state : 0);
    known.push(...tries.facts);
    arrays.rules.set([safety, orders, cap], RULE_WIDTH * i);
    arrays.orders.set(tries.orders, first * MOST_TRIED);
    arrays.costs.set(tries.costs, first * MOST_TRIED);
    arrays.noise.set(tries.noise, first);
    arrays.period.set(tries.period, first);
    const length = tries.states.length / config.states;
    for (let state = 0; state < config.states; state++) {
      arrays.states.set(tries.states.subarray(state * length, (state + 1) * length), (first + state) * STATE_WIDTH);
    }
    work += tries.work;
    onItem?.();
  }
  const facts = new Float64Array(known.length * FACTS_WIDTH);
  known.forEach((own, entry) => {
    writeFacts(own, facts, entry);
  });
  return { kind: TRIES, data: { work }, arrays: { ...arrays, facts } };
}

/** Item k: drawn again where a formula says what is best. */
function drawItem(family: Family, k: number, seed: number): TrainingItem {
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const { scenario } = family.draw(k, { seed, purpose: draw === 0 ? 'item' : `item, draw ${draw},` });
    const item = trainingItem(scenario);
    if (item.facts.upTo === null) return item;
  }
  throw new UserError(`family "${family.id}": a formula says what is best for its items, as without a lead time; nothing is to be trained`);
}

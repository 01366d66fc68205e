import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  KNOTS,
  LONGEST_LEAD_TIME,
  type TrainingItem,
  trainingItem,
  triesConfig,
  triesLattice,
  tryItem,
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

export const TRIES = 'universal-tries';
/** Numbers that are kept of a state, and room for one more. */
export const STATE_WIDTH = LONGEST_LEAD_TIME + 1;
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
    facts: new Float64Array(count * FACTS_WIDTH),
    levels: new Float64Array(count * 2),
    states: new Float64Array(rows * STATE_WIDTH),
    orders: new Int32Array(rows * KNOTS),
    costs: new Float32Array(rows * KNOTS),
    noise: new Float64Array(rows),
  };
  const lattice = triesLattice(config);
  let work = 0;
  for (let i = 0; i < count; i++) {
    const item = drawItem(family, from + i, seed);
    const tries = tryItem({ item, lattice, config: triesConfig(config), seed: seed * ITEMS_APART + from + i });
    const first = i * config.states;
    writeFacts(item.facts, arrays.facts, i);
    arrays.levels.set([tries.levels.S, tries.levels.r], 2 * i);
    arrays.orders.set(tries.orders, first * KNOTS);
    arrays.costs.set(tries.costs, first * KNOTS);
    arrays.noise.set(tries.noise, first);
    const length = tries.states.length / config.states;
    for (let state = 0; state < config.states; state++) {
      arrays.states.set(tries.states.subarray(state * length, (state + 1) * length), (first + state) * STATE_WIDTH);
    }
    work += tries.work;
    onItem?.();
  }
  return { kind: TRIES, data: { work }, arrays };
}

/** Item k: drawn again where a formula says what is best. */
function drawItem(family: Family, k: number, seed: number): TrainingItem {
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const { scenario } = family.draw(k, { seed, purpose: draw === 0 ? 'item' : `item, draw ${draw},` });
    const item = trainingItem(scenario);
    if (item.facts.leadTime > 0) return item;
  }
  throw new UserError(
    `family "${family.id}": its items have no lead time; their newsvendor level is the best policy, nothing is to be trained`,
  );
}

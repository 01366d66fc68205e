import { type RandomStream, UserError } from '../../../env/index.ts';
import { shuffle } from '../../learning/minibatches.ts';
import { ITEM_FEATURES, STATE_FEATURES } from '../features.ts';
import type { FamilyTries } from './target-rows.ts';
import type { StatesOfItems } from './tuned-network.ts';

export interface StateBatch extends StatesOfItems {
  /** [row] which row of the tries it is. */
  readonly tryRows: Int32Array;
}

/** Rows of tries in random batches, with all rows of an entry together: what goes on in an item is worked out once for all of them. */
export class StateBatches {
  /** Batches of an epoch. */
  readonly count: number;
  readonly #tries: FamilyTries;
  /** [entry] where its rows begin among `rows`; one more, where the last one's end. */
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;
  /** Entries that have rows, in the order in which they are gone through. */
  readonly #order: Int32Array;
  readonly #perBatch: number;

  /** @param rows of the tries; @param minibatch rows of a batch, about. @throws UserError where there are none */
  constructor(tries: FamilyTries, rows: Int32Array, minibatch: number) {
    this.#tries = tries;
    const entries = tries.itemFeatures.length / ITEM_FEATURES;
    this.#starts = new Int32Array(entries + 1);
    for (const row of rows) this.#starts[tries.entries[row] + 1]++;
    for (let entry = 0; entry < entries; entry++) this.#starts[entry + 1] += this.#starts[entry];
    const next = this.#starts.slice();
    this.#rows = new Int32Array(rows.length);
    for (const row of rows) this.#rows[next[tries.entries[row]]++] = row;
    this.#order = Int32Array.from({ length: entries }, (_, entry) => entry).filter(
      (entry) => this.#starts[entry + 1] > this.#starts[entry],
    );
    const known = this.#order.length;
    if (known === 0) throw new UserError('no order that was tried is within reach of the network; try orders for more items');
    // Even, so that halves are alike.
    const pairs = Math.max(1, Math.round((minibatch * known) / rows.length / 2));
    this.#perBatch = known === 1 ? 1 : Math.min(2 * pairs, known - (known % 2));
    this.count = Math.floor(known / this.#perBatch);
  }

  shuffle(random: RandomStream): void {
    shuffle(this.#order, random);
  }

  /** One half of a batch, the first or the second; where there is one entry, that one. */
  half(k: number, half: 0 | 1): StateBatch {
    const { itemFeatures, stateFeatures } = this.#tries;
    const begin = k * this.#perBatch + (half === 0 ? 0 : Math.floor(this.#perBatch / 2));
    const entries = this.#order.subarray(begin, begin + Math.ceil(this.#perBatch / 2));
    const starts = this.#starts;
    const rows = entries.reduce((sum, entry) => sum + starts[entry + 1] - starts[entry], 0);
    const batch = {
      items: entries.length,
      itemFeatures: new Float32Array(entries.length * ITEM_FEATURES),
      rows,
      stateFeatures: new Float32Array(rows * STATE_FEATURES),
      itemOf: new Int32Array(rows),
      tryRows: new Int32Array(rows),
    };
    let at = 0;
    entries.forEach((entry, item) => {
      batch.itemFeatures.set(itemFeatures.subarray(entry * ITEM_FEATURES, (entry + 1) * ITEM_FEATURES), item * ITEM_FEATURES);
      for (let from = starts[entry]; from < starts[entry + 1]; from++, at++) {
        const row = this.#rows[from];
        batch.stateFeatures.set(stateFeatures.subarray(row * STATE_FEATURES, (row + 1) * STATE_FEATURES), at * STATE_FEATURES);
        batch.itemOf[at] = item;
        batch.tryRows[at] = row;
      }
    });
    return batch;
  }
}

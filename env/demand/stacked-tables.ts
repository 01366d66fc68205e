import type { Variants } from './distribution.ts';
import { cumulativeTable, guideLevels, guideTable } from './table-sampler.ts';

/** Cells at, at + 1, ... of an array [node][lane] whose demand is drawn from tables. */
export interface TabledCells {
  /** Discrete, every one of them; one per cell by `of`. */
  readonly variants: Variants;
  readonly at: number;
}

/** Draws for many nodes and lanes in one go: cumulative tables lie end to end, each different one once, so that those of a large catalogue stay near. */
export class StackedTables {
  readonly #cells: Int32Array;
  readonly #cumulative: Float64Array;
  readonly #guide: Int32Array;
  readonly #levels: number;
  /** [cell] where its tables begin. */
  readonly #cumulativeAt: Int32Array;
  readonly #guideAt: Int32Array;

  constructor(parts: readonly TabledCells[]) {
    const places = new Map<string, number>();
    const tables: Float64Array[] = [];
    const placeOf: number[] = [];
    for (const { variants } of parts) {
      const own = variants.all.map((distribution, v) => {
        const place = places.get(variants.keys[v]) ?? tables.push(cumulativeTable(distribution.table())) - 1;
        places.set(variants.keys[v], place);
        return place;
      });
      for (const v of variants.of) placeOf.push(own[v]);
    }
    const starts = new Int32Array(tables.length);
    for (let t = 1; t < tables.length; t++) starts[t] = starts[t - 1] + tables[t - 1].length;
    this.#levels = guideLevels(2 * tables.reduce((longest, { length }) => Math.max(longest, length), 0));
    this.#cumulative = new Float64Array(tables.reduce((sum, { length }) => sum + length, 0));
    this.#guide = new Int32Array(tables.length * this.#levels);
    tables.forEach((table, t) => {
      this.#cumulative.set(table, starts[t]);
      this.#guide.set(guideTable(table, this.#levels), t * this.#levels);
    });
    this.#cells = Int32Array.from(parts.flatMap(({ variants, at }) => Array.from(variants.of, (_, k) => at + k)));
    this.#cumulativeAt = Int32Array.from(placeOf, (t) => starts[t]);
    this.#guideAt = Int32Array.from(placeOf, (t) => t * this.#levels);
  }

  /** Hot: writes the demand of every cell by inversion at its uniform number (Chen and Asau 1974). */
  draw(uniforms: Float64Array, demand: Float64Array): void {
    const cells = this.#cells;
    const cumulative = this.#cumulative;
    const guide = this.#guide;
    const levels = this.#levels;
    const cumulativeAt = this.#cumulativeAt;
    const guideAt = this.#guideAt;
    for (let j = 0; j < cells.length; j++) {
      const i = cells[j];
      const u = uniforms[i];
      const at = cumulativeAt[j];
      let k = guide[guideAt[j] + ((u * levels) | 0)];
      while (cumulative[at + k] <= u) k++;
      demand[i] = k;
    }
  }
}

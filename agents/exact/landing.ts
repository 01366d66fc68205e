import type { Landing } from './expand.ts';
import type { StateLayout } from './state-layout.ts';

/**
 * Keeps the states of a stock point finite in number. Backlog beyond `floor` is forgotten: it is met where supply is uncertain or limited, with a
 * probability that falls with the floor. Stock between multiples of `step`, met where a part of unmet demand waits, is divided between its two
 * neighbours, which comes out too dear by a part that falls with the square of the step.
 */
export class FiniteLanding implements Landing {
  readonly component: number;
  readonly step: number;
  /** Has backlog been forgotten? */
  forgot = false;
  readonly #floor: number;
  /** 1 where the component is net stock, -1 where it is backlog. */
  readonly #sign: number;

  constructor({ backlog }: StateLayout, { floor, step }: { readonly floor: number; readonly step: number }) {
    this.component = backlog < 0 ? 0 : backlog;
    this.step = step;
    this.#floor = floor;
    this.#sign = backlog < 0 ? 1 : -1;
  }

  settle(row: Float64Array): number {
    const { component, step } = this;
    if (this.#sign * row[component] < this.#floor) {
      row[component] = this.#sign * this.#floor;
      this.forgot = true;
      return 0;
    }
    const steps = row[component] / step;
    const below = Math.floor(steps + 1e-9);
    row[component] = below * step;
    const above = steps - below;
    return above > 1e-9 ? above : 0;
  }
}

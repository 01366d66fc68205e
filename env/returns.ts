import type { Network, ReturnRule } from './network.ts';
import { readItemNumbers } from './read-numbers.ts';
import type { Location } from './scenario.ts';
import { UserError } from './user-error.ts';
import type { StateView } from './view.ts';
import { binomialQuantile } from './yield.ts';

interface ReturnsField {
  readonly item: string;
  /** Do its units age? */
  readonly ages: boolean;
  readonly represents: Int32Array;
}

/** @throws UserError naming the field, its value and what was expected */
export function compileReturns({ id, returns }: Location, { item, ages, represents }: ReturnsField): ReturnRule | null {
  if (returns === undefined) return null;
  const path = `locations.${id}.returns`;
  const { part, after, refund = 0 } = returns;
  if (!(Number.isInteger(after) && after >= 1))
    throw new UserError(`${path}.after: ${after}; expected a whole number of periods, 1 or more`);
  if (ages) throw new UserError(`${path}: "${item}" has a life; expected an item that keeps: what comes back has no age, leave one out`);
  return {
    part: readItemNumbers(part, { path: `${path}.part`, item, represents, most: 1 }),
    after,
    refund: readItemNumbers(refund, { path: `${path}.refund`, item, represents }),
  };
}

interface Line {
  readonly node: number;
  readonly rule: ReturnRule;
  /** [period served mod after][lane] [units] served and not yet decided on. */
  readonly out: Float64Array;
}

interface ReturnDecision {
  readonly clock: number;
  /** Gives the row of uniform numbers of a node. */
  readonly draw: (node: number) => Float64Array;
  readonly goesOn: (lane: number) => boolean;
  /** [node][lane], written. */
  readonly returned: Float64Array;
  /** [lane] */
  readonly revenue: Float64Array;
}

/** Units that customers have and may send back. */
export class ReturnFlow {
  readonly #lines: readonly Line[];
  readonly #lanes: number;
  readonly #expected: Float64Array;
  readonly #none: Float64Array;

  constructor({ nodes, lanes }: Network) {
    this.#lanes = lanes;
    this.#lines = nodes.flatMap(({ returns: rule }, node) =>
      rule === null ? [] : [{ node, rule, out: new Float64Array(rule.after * lanes) }],
    );
    this.#expected = new Float64Array(lanes);
    this.#none = new Float64Array(lanes);
  }

  get any(): boolean {
    return this.#lines.length > 0;
  }

  get state(): readonly Float64Array[] {
    return this.#lines.map(({ out }) => out);
  }

  start(lane: number): void {
    for (const { out } of this.#lines) for (let i = lane; i < out.length; i += this.#lanes) out[i] = 0;
  }

  /** [lane] mean of what comes back to a node `ahead` periods from now, of what has been served. The same array is rewritten by the next call. */
  expected(node: number, clock: number, ahead: number): Float64Array {
    const line = this.#lines.find((one) => one.node === node);
    if (line === undefined || ahead < 1 || ahead >= line.rule.after) return this.#none;
    const row = ((clock + ahead) % line.rule.after) * this.#lanes;
    for (let lane = 0; lane < this.#lanes; lane++) this.#expected[lane] = line.rule.part[lane] * line.out[row + lane];
    return this.#expected;
  }

  /** Notes what is about to leave the shelves for customers in a period. */
  note(clock: number, { onHand, backlog }: Pick<StateView, 'onHand' | 'backlog'>, demand: Float64Array): void {
    for (const { node, rule, out } of this.#lines) {
      const row = (clock % rule.after) * this.#lanes;
      for (let lane = 0; lane < this.#lanes; lane++) {
        const i = node * this.#lanes + lane;
        out[row + lane] = Math.min(onHand[i], backlog[i] + demand[i]);
      }
    }
  }

  /** Draws what comes back at the start of the period `clock`, where `goesOn` says so of a lane, and charges the refunds to the period that ends. */
  decide({ clock, draw, goesOn, returned, revenue }: ReturnDecision): void {
    for (const { node, rule, out } of this.#lines) {
      const row = (clock % rule.after) * this.#lanes;
      const uniforms = draw(node);
      for (let lane = 0; lane < this.#lanes; lane++) {
        const units = out[row + lane];
        const whole = Math.floor(units);
        const back =
          units === 0 || !goesOn(lane) ? 0 : binomialQuantile(whole, rule.part[lane], uniforms[lane]) + (units - whole) * rule.part[lane];
        returned[node * this.#lanes + lane] = back;
        revenue[lane] -= rule.refund[lane] * back;
      }
    }
  }

  /** Puts what was decided on back into stock. */
  receive(returned: Float64Array, onHand: Float64Array): void {
    for (const { node } of this.#lines) {
      for (let i = node * this.#lanes; i < (node + 1) * this.#lanes; i++) onHand[i] += returned[i];
    }
  }
}

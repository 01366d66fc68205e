import { UserError } from '../../env/index.ts';
import type { DecisionProcess } from './decision-process.ts';
import { growingFloats, growingIntegers } from './growing.ts';
import { StateTable } from './state-table.ts';

/** Steps many lanes by one period, each from a given state with a given order and demand: the simulator, put to use as a transition function. */
export interface Stepper {
  readonly lanes: number;
  /** Numbers in a state. */
  readonly width: number;
  readonly arcs: number;
  /** [component][lane] written before a step, rewritten by it. */
  readonly state: Float64Array;
  /** [arc][lane] [units] */
  readonly orders: Float64Array;
  /** [lane] [units] */
  readonly demand: Float64Array;
  /** [row][lane] in [0, 1): what chance brings besides demand. */
  readonly uniforms: Float64Array;
  /** [lane] [money] of the step. */
  readonly cost: Float64Array;
  step(): void;
}

/** What a period can bring, as far as it makes a difference. */
export interface Outcomes {
  /** [outcome] */
  readonly demand: ArrayLike<number>;
  readonly probability: ArrayLike<number>;
  /** [outcome][row] Left out where chance decides about demand alone. */
  readonly uniforms?: readonly Float64Array[];
}

/** Brings a state onto those that are kept: rewrites the row, and returns the part that goes one `step` of its component higher. */
export interface Landing {
  settle(row: Float64Array): number;
  readonly component: number;
  readonly step: number;
}

export interface ExpansionRules {
  /** The orders to try in each of `count` states, `rows` being [state][component]: one array per state, [choice][arc] flat. */
  choices(rows: Float64Array, count: number): readonly Float64Array[];
  /** What to try after an order. */
  outcomes(row: Float64Array, orders: Float64Array, choice: number): Outcomes;
  /** Left out where every state that is reached is kept as it is. */
  readonly landing?: Landing;
}

export interface Expansion {
  readonly process: DecisionProcess;
  readonly table: StateTable;
}

/** Largest number of transitions that is kept: 12 bytes each, twice that while the arrays grow. */
export const MOST_TRANSITIONS = 80_000_000;

/**
 * Finds every state that can be reached from `start` and writes down the process, breadth first: the states found so far are stepped in
 * batches with every order and demand, and the states they lead to join the end of the list.
 * @throws UserError where there are more than `maxStates` states.
 */
export function expand(stepper: Stepper, start: Float64Array, rules: ExpansionRules, maxStates: number): Expansion {
  const writer = new ProcessWriter(stepper, maxStates, rules.landing);
  writer.table.add(start);
  const chunk = 512;
  const rows = new Float64Array(chunk * stepper.width);
  const row = new Float64Array(stepper.width);
  for (let from = 0; from < writer.table.size; ) {
    const count = Math.min(chunk, writer.table.size - from);
    for (let i = 0; i < count; i++) {
      writer.table.read(from + i, row);
      rows.set(row, i * stepper.width);
    }
    const choices = rules.choices(rows, count);
    for (let i = 0; i < count; i++) {
      const own = rows.subarray(i * stepper.width, (i + 1) * stepper.width);
      writer.addState(own, choices[i], rules);
    }
    writer.flush();
    from += count;
  }
  return { process: writer.finish(), table: writer.table };
}

/** Collects the lanes of a batch, steps it when it is full and appends what came out to the process's rows. */
class ProcessWriter {
  readonly table: StateTable;
  readonly #stepper: Stepper;
  readonly #maxStates: number;
  readonly #landing: Landing | undefined;
  readonly #choiceStart = growingIntegers();
  readonly #cost = growingFloats();
  readonly #orders = growingFloats();
  readonly #rowStart = growingIntegers();
  readonly #next = growingIntegers();
  readonly #probability = growingFloats();
  /** [state] where its last transition stands. */
  readonly #placed = growingIntegers();
  /** [lane] choice and probability that a lane of the batch stands for. */
  readonly #laneChoice: Int32Array;
  readonly #laneProbability: Float64Array;
  readonly #row: Float64Array;
  #filled = 0;
  #written = -1;

  constructor(stepper: Stepper, maxStates: number, landing: Landing | undefined) {
    this.#stepper = stepper;
    this.#maxStates = maxStates;
    this.#landing = landing;
    this.table = new StateTable(stepper.width);
    this.#laneChoice = new Int32Array(stepper.lanes);
    this.#laneProbability = new Float64Array(stepper.lanes);
    this.#row = new Float64Array(stepper.width);
  }

  addState(row: Float64Array, orders: Float64Array, rules: ExpansionRules): void {
    const { arcs } = this.#stepper;
    this.#choiceStart.push(this.#cost.length);
    for (let choice = 0; choice * arcs < orders.length; choice++) {
      const outcomes = rules.outcomes(row, orders, choice);
      const number = this.#cost.length;
      this.#cost.push(0);
      for (let arc = 0; arc < arcs; arc++) this.#orders.push(orders[choice * arcs + arc]);
      for (let k = 0; k < outcomes.demand.length; k++) {
        this.#addLane(row, orders, choice);
        this.#setChance(outcomes, k);
        this.#laneChoice[this.#filled] = number;
        this.#laneProbability[this.#filled] = outcomes.probability[k];
        if (++this.#filled === this.#stepper.lanes) this.flush();
      }
    }
  }

  flush(): void {
    if (this.#filled === 0) return;
    const { state, cost, lanes, width } = this.#stepper;
    this.#stepper.step();
    const row = this.#row;
    for (let lane = 0; lane < this.#filled; lane++) {
      const choice = this.#laneChoice[lane];
      const probability = this.#laneProbability[lane];
      for (let k = 0; k < width; k++) row[k] = state[k * lanes + lane];
      this.#cost.increase(choice, probability * cost[lane]);
      if (choice !== this.#written) this.#startRow(choice);
      this.#land(row, probability);
    }
    this.#filled = 0;
    this.#checkSize();
  }

  finish(): DecisionProcess {
    this.#choiceStart.push(this.#cost.length);
    this.#rowStart.push(this.#next.length);
    return {
      states: this.table.size,
      choiceStart: this.#choiceStart.filled(),
      cost: this.#cost.filled(),
      orders: this.#orders.filled(),
      rowStart: this.#rowStart.filled(),
      next: this.#next.filled(),
      probability: this.#probability.filled(),
    };
  }

  #addLane(row: Float64Array, orders: Float64Array, choice: number): void {
    const { state, lanes, width, arcs } = this.#stepper;
    const lane = this.#filled;
    for (let k = 0; k < width; k++) state[k * lanes + lane] = row[k];
    for (let arc = 0; arc < arcs; arc++) this.#stepper.orders[arc * lanes + lane] = orders[choice * arcs + arc];
  }

  #setChance({ demand, uniforms }: Outcomes, k: number): void {
    const { lanes, uniforms: rows } = this.#stepper;
    const lane = this.#filled;
    this.#stepper.demand[lane] = demand[k];
    if (!uniforms) return;
    const own = uniforms[k];
    for (let r = 0; r < own.length; r++) rows[r * lanes + lane] = own[r];
  }

  #land(row: Float64Array, probability: number): void {
    const landing = this.#landing;
    if (landing === undefined) {
      this.#append(this.table.add(row), probability);
      return;
    }
    const above = landing.settle(row);
    this.#append(this.table.add(row), probability * (1 - above));
    if (above === 0) return;
    row[landing.component] += landing.step;
    this.#append(this.table.add(row), probability * above);
  }

  #startRow(choice: number): void {
    this.#rowStart.push(this.#next.length);
    this.#written = choice;
  }

  /** Outcomes that lead to the same state become one transition. */
  #append(next: number, probability: number): void {
    const at = this.#placed.length > next ? this.#placed.at(next) : -1;
    if (at >= this.#rowStart.at(this.#rowStart.length - 1)) {
      this.#probability.increase(at, probability);
      return;
    }
    while (this.#placed.length <= next) this.#placed.push(-1);
    this.#placed.set(next, this.#next.length);
    this.#next.push(next);
    this.#probability.push(probability);
  }

  #checkSize(): void {
    if (this.table.size > this.#maxStates || this.#next.length > MOST_TRANSITIONS) {
      throw new UserError(
        `the exact solver found ${this.table.size} states and ${this.#next.length} transitions so far, more than it holds ` +
          `(${this.#maxStates} states, ${MOST_TRANSITIONS} transitions): use a shorter lead time or a smaller mean demand, or raise maxStates`,
      );
    }
  }
}

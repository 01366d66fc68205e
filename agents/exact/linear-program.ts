import type { Highs, ModelData } from 'highs';

export interface Column {
  /** Of a unit of it, in the sum that is made small. */
  readonly cost?: number;
  /** Default 0. */
  readonly low?: number;
  /** Default: any. */
  readonly high?: number;
  readonly whole?: boolean;
}

/** A column and its factor in a row. */
export type Term = readonly [column: number, factor: number];

export interface ProgramAnswer {
  /** No feasible point costs less; what was given is feasible, so it is finite. */
  readonly lowerBound: number;
  /** Was it solved to its end? Otherwise the bound is what was proved by then. */
  readonly solved: boolean;
}

/** [s] for what is linear, which is quick. */
const PLENTY = 1e6;

/** A linear or mixed-integer program, written down column by column and row by row. */
export class LinearProgram {
  readonly #columns: Column[] = [];
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  readonly #rowStart: number[] = [0];
  readonly #indices: number[] = [];
  readonly #values: number[] = [];
  /** Part of the cost that nothing changes. */
  constant = 0;

  /** Adds a column and returns its number. */
  column(column: Column): number {
    return this.#columns.push(column) - 1;
  }

  /** Adds low <= sum of terms <= high. */
  row(low: number, high: number, terms: readonly Term[]): void {
    const sums = new Map<number, number>();
    for (const [column, factor] of terms) sums.set(column, (sums.get(column) ?? 0) + factor);
    for (const [column, factor] of sums) {
      this.#indices.push(column);
      this.#values.push(factor);
    }
    this.#rowStart.push(this.#indices.length);
    this.#low.push(low);
    this.#high.push(high);
  }

  get columns(): number {
    return this.#columns.length;
  }

  /**
   * Solves it, for about `seconds`: what is proved by then is the bound, at least that of the program in which nothing need be whole.
   * @throws Error where there is no feasible point, or the cost has no lower bound
   */
  solve(highs: Highs, seconds: number): ProgramAnswer {
    const whole = this.#columns.some((column) => column.whole);
    const relaxed = whole ? this.#run(highs, { whole: false, seconds: PLENTY }) : null;
    const answer = this.#run(highs, { whole, seconds: whole ? seconds : PLENTY });
    return relaxed ? { ...answer, lowerBound: Math.max(answer.lowerBound, relaxed.lowerBound) } : answer;
  }

  #run(highs: Highs, { whole, seconds }: { readonly whole: boolean; readonly seconds: number }): ProgramAnswer {
    return highs.withModel<ProgramAnswer>(this.#data(highs, whole), (model) => {
      model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 1e-7, mip_abs_gap: 1e-7 });
      model.run();
      const status = model.getModelStatus();
      const { optimal, timeLimit } = highs.constants.modelStatus;
      if (status !== optimal && !(whole && status === timeLimit)) throw new Error(`the linear program ended with status ${status}`);
      const lowerBound = whole ? Number(model.info.get('mip_dual_bound')) : model.getObjectiveValue();
      return { lowerBound, solved: status === optimal };
    });
  }

  #data(highs: Highs, whole: boolean): ModelData {
    const { integer, continuous } = highs.constants.variableType;
    return {
      numCols: this.#columns.length,
      numRows: this.#low.length,
      offset: this.constant,
      colCost: this.#columns.map(({ cost = 0 }) => cost),
      colLower: this.#columns.map(({ low = 0 }) => low),
      colUpper: this.#columns.map(({ high = highs.infinity }) => Math.min(high, highs.infinity)),
      rowLower: this.#low.map((low) => Math.max(low, -highs.infinity)),
      rowUpper: this.#high.map((high) => Math.min(high, highs.infinity)),
      matrix: {
        format: 'csr',
        numRows: this.#low.length,
        numCols: this.#columns.length,
        starts: this.#rowStart,
        indices: this.#indices,
        values: this.#values,
      },
      ...(whole ? { integrality: this.#columns.map((column) => (column.whole ? integer : continuous)) } : {}),
    };
  }
}

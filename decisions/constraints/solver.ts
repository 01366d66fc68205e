import type { Highs, ModelData } from 'highs';

/** A column of a program: bounds, cost, and whether it counts whole things. */
export interface ProgramColumn {
  readonly cost: number;
  readonly low?: number;
  readonly high: number;
  readonly whole?: boolean;
}

/** low <= sum of factor x column <= high. */
export interface ProgramRow {
  readonly low: number;
  readonly high: number;
  readonly terms: readonly (readonly [column: number, factor: number])[];
}

export interface ProgramSolution {
  /** [column] */
  readonly values: ArrayLike<number>;
  /** [row] by how much less the sum of costs would be if a row's bound were one looser: 0 or more. Only of programs without whole columns. */
  readonly prices: ArrayLike<number>;
}

/** Branches after which the best solution so far is taken: a limit of time would give other orders on a busy machine. */
const MOST_NODES = 500;

/** Makes sums of costs small with HiGHS (Huangfu and Hall 2018). */
export interface Solver {
  /** @throws Error where nothing satisfies all rows */
  solve(columns: readonly ProgramColumn[], rows: readonly ProgramRow[]): Promise<ProgramSolution>;
}

/** Loads the solver, which takes longer than most programs do. */
export async function openSolver(): Promise<Solver> {
  const highs = await loadHighs();
  return {
    solve: async (columns, rows) =>
      highs.withModel<ProgramSolution>(modelOf(highs, columns, rows), (model) => {
        model.options.set({ output_flag: false, mip_max_nodes: MOST_NODES, mip_rel_gap: 1e-6 });
        model.run();
        const status = model.getModelStatus();
        const { optimal, solutionLimit } = highs.constants.modelStatus;
        if (status !== optimal && status !== solutionLimit) throw new Error(`the program ended with status ${status}`);
        const { colValue, rowDual } = model.getSolution();
        return { values: Array.from(colValue ?? []), prices: Array.from(rowDual ?? [], (dual) => Math.abs(Number(dual))) };
      }),
  };
}

function modelOf(highs: Highs, columns: readonly ProgramColumn[], rows: readonly ProgramRow[]): ModelData {
  const { integer, continuous } = highs.constants.variableType;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { terms } of rows) {
    for (const [column, factor] of terms) {
      indices.push(column);
      values.push(factor);
    }
    starts.push(indices.length);
  }
  const bound = (value: number) => Math.max(-highs.infinity, Math.min(highs.infinity, value));
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(({ low = 0 }) => low),
    colUpper: columns.map(({ high }) => bound(high)),
    rowLower: rows.map(({ low }) => bound(low)),
    rowUpper: rows.map(({ high }) => bound(high)),
    matrix: { format: 'csr', numRows: rows.length, numCols: columns.length, starts, indices, values },
    ...(columns.some(({ whole }) => whole) ? { integrality: columns.map(({ whole }) => (whole ? integer : continuous)) } : {}),
  };
}

/** The package's types are those of a CommonJS module, whose default would be the whole module; what Node loads has the loader there. */
async function loadHighs(): Promise<Highs> {
  const loaded: { readonly default: unknown } = await import('highs');
  if (!isLoader(loaded.default)) throw new Error('the package highs has no loader as its default export');
  return loaded.default();
}

function isLoader(value: unknown): value is () => Promise<Highs> {
  return typeof value === 'function';
}

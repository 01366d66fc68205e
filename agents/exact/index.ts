export { type ClairvoyantBound, type ClairvoyantOptions, clairvoyantBound } from './clairvoyant.ts';
export { type ExactCost, evaluateExact } from './evaluate-exact.ts';
export { criticalStock } from './newsvendor.ts';
export { type PoolingAnswer, type PoolingBound, poolingBound } from './pooling-bound.ts';
export { chooseSolver, type SolveExactOptions, type SolverChoice, solveExact, solvers } from './registry.ts';
export type { AnswerQuality, ExactSolution, Solver, SolverName, SolverOptions } from './solver.ts';
export { whyNotSingleStockPoint } from './stock-model.ts';
export { type OrderTable, orderTable, policyFromTable } from './table-policy.ts';

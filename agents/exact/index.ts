export { type ExactCost, evaluateExact } from './evaluate-exact.ts';
export { type ExactSolution, type SolveExactOptions, solveExact } from './solve-exact.ts';
export { whyNotSingleStockPoint } from './stock-model.ts';

import { createDemandProcess } from './create-process.ts';
import type { DemandProcessSpec } from './spec.ts';

/** Periods that are told apart at most: cycles that do not fit into each other could take for ever to come round. */
const MOST_PHASES = 10_000;

/** Mean and variance of a period's demand over all periods, for one lane of a scenario. */
export function typicalDemand(spec: DemandProcessSpec, lane = 0, path?: string): { readonly mean: number; readonly variance: number } {
  const mean = new Float64Array(1);
  const variance = new Float64Array(1);
  createDemandProcess(spec, Int32Array.of(lane), path).typical(mean, variance);
  return { mean: mean[0], variance: variance[0] };
}

/** [periods] after which a process has shown all that it has to show: its cycle, or the time until it stays as it is. 1: no period differs. */
export function processPhases(spec: DemandProcessSpec): number {
  switch (spec.kind) {
    case 'stationary':
    case 'markov':
      return 1;
    case 'replay':
    case 'forecast':
      return spec.forecasts.span;
    case 'list':
      return spec.values.length;
    case 'index': {
      const { process } = spec.index;
      const own = process.kind === 'list' ? process.levels.length : 1;
      return together(processPhases(spec.base), own);
    }
    case 'seasonal':
      return together(processPhases(spec.base), spec.factors.length);
    case 'trend':
      return Math.min(MOST_PHASES, Math.max(processPhases(spec.base), spec.until + 1));
    case 'events':
      return (spec.notes ?? []).reduce(
        (phases, { from, length, every }) => (every === undefined ? Math.max(phases, from + length) : together(phases, every)),
        processPhases(spec.base),
      );
  }
}

/** Least common multiple. */
function together(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y > 0) [x, y] = [y, x % y];
  return Math.min(MOST_PHASES, (a / x) * b);
}

import { laneValues, type PerLane } from '../per-lane.ts';
import { UserError } from '../user-error.ts';
import { type DemandProcess, STATELESS } from './process.ts';

export interface ListOptions {
  readonly values: readonly PerLane[];
  readonly after: 'repeat' | 'last' | 'nothing';
}

/** Demand that is known in advance, period by period. */
export function listedDemand({ values, after }: ListOptions, represents: Int32Array, path: string): DemandProcess {
  const rows = readRows(values, represents, `${path}.values`);
  const lanes = represents.length;
  const last = rows.length - 1;
  const read = (period: Int32Array, ahead: number, out: Float64Array, factors?: Float64Array) => {
    for (let lane = 0; lane < lanes; lane++) {
      const t = period[lane] + ahead;
      const value = t <= last || after !== 'nothing' ? rows[after === 'repeat' ? t % rows.length : t < last ? t : last][lane] : 0;
      out[lane] = factors ? value * factors[lane] : value;
    }
  };
  return {
    ...STATELESS,
    stationary: false,
    draw: (period, _uniforms, demand, factors) => read(period, 0, demand, factors),
    forecast(period, ahead, mean, variance, factors) {
      read(period, ahead, mean, factors);
      variance.fill(0);
    },
    typical(mean, variance, factors) {
      for (let lane = 0; lane < lanes; lane++) {
        const moments = momentsOf(rows.map((row) => row[lane]));
        const factor = factors ? factors[lane] : 1;
        mean[lane] = moments.mean * factor;
        variance[lane] = moments.variance * factor * factor;
      }
    },
  };
}

/** [entry][lane] numbers of 0 or more. */
export function readRows(values: readonly PerLane[], represents: Int32Array, path: string): Float64Array[] {
  if (values.length === 0) throw new UserError(`${path}: an empty list; expected at least one number`);
  return values.map((value, k) => {
    const row = laneValues(value, represents);
    const wrong = row.find((number) => !(Number.isFinite(number) && number >= 0));
    if (wrong !== undefined) throw new UserError(`${path}.${k}: ${wrong}; expected a number of 0 or more`);
    return row;
  });
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

import { laneValue } from '../per-lane.ts';
import type { Distribution } from '../scenario.ts';
import { distributionTable, distributionVariance } from './distribution.ts';
import type { DemandProcess } from './process.ts';

/** Entries of the guide per lane: where in the cumulative table the search for a uniform number may start. */
const GUIDE = 512;

/** The same distribution in every period: inversion of a cumulative table with a guide (Chen and Asau 1974). */
export function stationaryDemand(distribution: Distribution, represents: Int32Array): DemandProcess {
  const lanes = represents.length;
  const tables = laneTables(distribution, represents);
  const { cumulative, cumulativeAt, guide, guideAt } = tables;
  return {
    stationary: true,
    draw(_period, uniforms, demand) {
      for (let lane = 0; lane < lanes; lane++) {
        const u = uniforms[lane];
        const at = cumulativeAt[lane];
        let k = guide[guideAt[lane] + ((u * GUIDE) | 0)];
        while (cumulative[at + k] <= u) k++;
        demand[lane] = k;
      }
    },
    forecast(_period, _ahead, mean, variance) {
      mean.set(tables.mean);
      variance.set(tables.variance);
    },
    typical(mean, variance) {
      mean.set(tables.mean);
      variance.set(tables.variance);
    },
  };
}

interface LaneTables {
  readonly cumulative: Float64Array;
  readonly cumulativeAt: Int32Array;
  readonly guide: Int32Array;
  readonly guideAt: Int32Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** One table per different set of parameters, shared by the lanes that have it. */
function laneTables(distribution: Distribution, represents: Int32Array): LaneTables {
  const lanes = represents.length;
  const cumulative: number[] = [];
  const guide: number[] = [];
  const cumulativeAt = new Int32Array(lanes);
  const guideAt = new Int32Array(lanes);
  const mean = new Float64Array(lanes);
  const variance = new Float64Array(lanes);
  const known = new Map<string, { cumulative: number; guide: number; mean: number; variance: number }>();
  for (let lane = 0; lane < lanes; lane++) {
    const key = parameterKey(distribution, represents[lane]);
    let place = known.get(key);
    if (!place) {
      const table = distributionTable(distribution, represents[lane]);
      place = {
        cumulative: cumulative.length,
        guide: guide.length,
        mean: laneValue(distribution.mean, represents[lane]),
        variance: distributionVariance(distribution, represents[lane]),
      };
      appendTable(table, cumulative, guide);
      known.set(key, place);
    }
    cumulativeAt[lane] = place.cumulative;
    guideAt[lane] = place.guide;
    mean[lane] = place.mean;
    variance[lane] = place.variance;
  }
  return { cumulative: Float64Array.from(cumulative), cumulativeAt, guide: Int32Array.from(guide), guideAt, mean, variance };
}

function parameterKey(distribution: Distribution, lane: number): string {
  return Object.values(distribution)
    .map((value) => (typeof value === 'object' ? value[lane % value.length] : value))
    .join(' ');
}

function appendTable(table: Float64Array, cumulative: number[], guide: number[]): void {
  const start = cumulative.length;
  let sum = 0;
  for (const p of table) {
    sum += p;
    cumulative.push(sum);
  }
  cumulative[cumulative.length - 1] = Number.POSITIVE_INFINITY;
  let k = 0;
  for (let g = 0; g < GUIDE; g++) {
    while (cumulative[start + k] <= g / GUIDE) k++;
    guide.push(k);
  }
}

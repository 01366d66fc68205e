import { readVariants, type Variants } from './distribution.ts';
import { type DemandProcess, STATELESS } from './process.ts';
import { ScaledVariants } from './scaled-variants.ts';
import type { Distribution } from './spec.ts';
import { cumulativeTable, guideTable } from './table-sampler.ts';

/** Entries of the guide per distribution: where in the cumulative table the search for a uniform number may start. */
const GUIDE = 512;

/** The same distribution in every period. */
export function stationaryDemand(distribution: Distribution, represents: Int32Array, path: string): DemandProcess {
  const lanes = represents.length;
  const variants = readVariants(distribution, represents, path);
  const { all, of } = variants;
  const scaled = new ScaledVariants(all);
  const drawPlain = all.every(({ isDiscrete }) => isDiscrete) ? tableDraw(variants) : quantileDraw(variants);
  const moments: DemandProcess['typical'] = (mean, variance, factors) => {
    for (let lane = 0; lane < lanes; lane++) {
      const own = factors ? scaled.at(of[lane], factors[lane]) : all[of[lane]];
      mean[lane] = own.mean;
      variance[lane] = own.variance;
    }
  };
  return {
    ...STATELESS,
    stationary: true,
    draw(_period, uniforms, demand, factors) {
      if (!factors) drawPlain(uniforms, demand);
      else for (let lane = 0; lane < lanes; lane++) demand[lane] = scaled.at(of[lane], factors[lane]).quantile(uniforms[lane]);
    },
    forecast: (_period, _ahead, mean, variance, factors) => moments(mean, variance, factors),
    typical: moments,
  };
}

type PlainDraw = (uniforms: Float64Array, demand: Float64Array) => void;

function quantileDraw({ all, of }: Variants): PlainDraw {
  return (uniforms, demand) => {
    for (let lane = 0; lane < of.length; lane++) demand[lane] = all[of[lane]].quantile(uniforms[lane]);
  };
}

/** Hot: inversion of cumulative tables that lie end to end, one per variant. */
function tableDraw({ all, of }: Variants): PlainDraw {
  const lanes = of.length;
  const tables = all.map((own) => cumulativeTable(own.table()));
  const starts = new Int32Array(all.length);
  for (let v = 1; v < tables.length; v++) starts[v] = starts[v - 1] + tables[v - 1].length;
  const cumulative = new Float64Array(tables.reduce((sum, { length }) => sum + length, 0));
  const guide = new Int32Array(all.length * GUIDE);
  tables.forEach((table, v) => {
    cumulative.set(table, starts[v]);
    guide.set(guideTable(table, GUIDE), v * GUIDE);
  });
  const cumulativeAt = Int32Array.from(of, (v) => starts[v]);
  const guideAt = Int32Array.from(of, (v) => v * GUIDE);
  return (uniforms, demand) => {
    for (let lane = 0; lane < lanes; lane++) {
      const u = uniforms[lane];
      const at = cumulativeAt[lane];
      let k = guide[guideAt[lane] + ((u * GUIDE) | 0)];
      while (cumulative[at + k] <= u) k++;
      demand[lane] = k;
    }
  };
}

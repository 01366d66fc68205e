import { readVariants } from './distribution.ts';
import { type DemandProcess, STATELESS } from './process.ts';
import { ScaledVariants } from './scaled-variants.ts';
import type { Distribution } from './spec.ts';
import { StackedTables } from './stacked-tables.ts';

/** The same distribution in every period. */
export function stationaryDemand(distribution: Distribution, represents: Int32Array, path: string): DemandProcess {
  const lanes = represents.length;
  const variants = readVariants(distribution, represents, path);
  const { all, of } = variants;
  const scaled = new ScaledVariants(all);
  const tabled = all.every(({ isDiscrete }) => isDiscrete) ? variants : null;
  let tables: StackedTables | null = null;
  const drawPlain = (uniforms: Float64Array, demand: Float64Array) => {
    if (tabled) {
      tables ??= new StackedTables([{ variants: tabled, at: 0 }]);
      tables.draw(uniforms, demand);
    } else {
      for (let lane = 0; lane < lanes; lane++) demand[lane] = all[of[lane]].quantile(uniforms[lane]);
    }
  };
  const moments: DemandProcess['typical'] = (mean, variance, factors) => {
    for (let lane = 0; lane < lanes; lane++) {
      const own = factors ? scaled.at(of[lane], factors[lane]) : all[of[lane]];
      mean[lane] = own.mean;
      variance[lane] = own.variance;
    }
  };
  return {
    ...STATELESS,
    tabled,
    stationary: true,
    draw(_period, uniforms, demand, factors) {
      if (!factors) drawPlain(uniforms, demand);
      else for (let lane = 0; lane < lanes; lane++) demand[lane] = scaled.at(of[lane], factors[lane]).quantile(uniforms[lane]);
    },
    forecast: (_period, _ahead, mean, variance, factors) => moments(mean, variance, factors),
    typical: moments,
  };
}

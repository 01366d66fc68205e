import {
  createDemandProcess,
  createStream,
  type DemandProcess,
  type DemandProcessSpec,
  type Distribution,
  ownLanes,
} from '../../../env/index.ts';

export const poisson = (mean: number): Distribution => ({ name: 'poisson', mean });
export const always = (distribution: Distribution): DemandProcessSpec => ({ kind: 'stationary', distribution });

/** One process over many lanes and periods. */
export class Walk {
  readonly process: DemandProcess;
  readonly lanes: number;
  readonly period: Int32Array;
  readonly demand: Float64Array;
  readonly #next: () => number;

  constructor(
    spec: DemandProcessSpec,
    { lanes = 1, seed = 1, from = 0 }: { readonly lanes?: number; readonly seed?: number; readonly from?: number } = {},
  ) {
    const stream = createStream(seed, 'walk');
    this.#next = () => stream.next();
    this.process = createDemandProcess(spec, ownLanes(lanes));
    this.lanes = lanes;
    this.period = new Int32Array(lanes).fill(from);
    this.demand = new Float64Array(lanes);
    for (let lane = 0; lane < lanes; lane++) this.process.start(lane, from, this.#next);
  }

  step(): Float64Array {
    const uniforms = Float64Array.from({ length: this.lanes }, this.#next);
    this.process.draw(this.period, uniforms, this.demand);
    for (let lane = 0; lane < this.lanes; lane++) this.period[lane]++;
    return this.demand;
  }

  /** What a planner expects of the demand `ahead` periods from now, in every lane. */
  forecast(ahead = 0): { readonly mean: Float64Array; readonly variance: Float64Array } {
    const mean = new Float64Array(this.lanes);
    const variance = new Float64Array(this.lanes);
    this.process.forecast(this.period, ahead, mean, variance);
    return { mean, variance };
  }

  typical(): { readonly mean: number; readonly variance: number } {
    const mean = new Float64Array(this.lanes);
    const variance = new Float64Array(this.lanes);
    this.process.typical(mean, variance);
    return { mean: mean[0], variance: variance[0] };
  }
}

/** How well forecasts made `ahead` periods before agree with what came: both are about 0 where mean and variance are right, in standard errors. */
export function calibration(
  spec: DemandProcessSpec,
  ahead: number,
  { lanes = 2000, periods = 12 } = {},
): { readonly bias: number; readonly spread: number } {
  const walk = new Walk(spec, { lanes, seed: 7 });
  const made: { readonly mean: Float64Array; readonly variance: Float64Array }[] = [];
  const scores: number[] = [];
  for (let period = 0; period < periods + ahead; period++) {
    made.push(walk.forecast(ahead));
    const demand = walk.step();
    const past = made[period - ahead];
    if (!past) continue;
    for (let lane = 0; lane < lanes; lane++) scores.push((demand[lane] - past.mean[lane]) / Math.sqrt(past.variance[lane]));
  }
  const mean = scores.reduce((sum, z) => sum + z, 0) / scores.length;
  const squares = scores.reduce((sum, z) => sum + z * z, 0) / scores.length;
  const fourths = scores.reduce((sum, z) => sum + z ** 4, 0) / scores.length;
  return { bias: mean * Math.sqrt(scores.length), spread: (squares - 1) / Math.sqrt((fourths - squares * squares) / scores.length) };
}

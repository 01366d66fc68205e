import type { StateView } from '../../env/index.ts';
import { facingDemand } from './downstream.ts';

/** What is forecast for the periods that an order must last for: the lead time and one period, and however long its units go on to customers. */
export class ForecastCover {
  /** [lane] [units] */
  mean = new Float64Array(0);
  /** [lane] [units²] with forecast errors of different periods taken as independent. */
  variance = new Float64Array(0);
  /** [lane] number of periods. */
  periods = new Float64Array(0);
  /** [lane] the last of the periods, counted from 0. */
  #last = new Float64Array(0);
  #quantile = new Float64Array(0);

  /** Adds up the demand of a stock point and of all that it supplies over the lead time of one of its arcs, one period, and `onwards` more. */
  read(view: StateView, node: number, arc: number, onwards = 0): void {
    const { lanes, network } = view;
    if (this.mean.length !== lanes) {
      this.mean = new Float64Array(lanes);
      this.variance = new Float64Array(lanes);
      this.periods = new Float64Array(lanes);
      this.#last = new Float64Array(lanes);
      this.#quantile = new Float64Array(lanes);
    }
    const { mean, variance } = this;
    mean.fill(0);
    variance.fill(0);
    const { leadTime } = network.arcs[arc];
    let longest = 0;
    for (let lane = 0; lane < lanes; lane++) {
      this.#last[lane] = leadTime[lane] + onwards;
      this.periods[lane] = this.#last[lane] + 1;
      if (this.#last[lane] > longest) longest = this.#last[lane];
    }
    for (const facing of facingDemand(network)[node]) {
      for (let ahead = 0; ahead <= longest; ahead++) {
        const aheadMean = view.forecastMean(facing, ahead);
        const aheadVariance = view.forecastVariance(facing, ahead);
        for (let lane = 0; lane < lanes; lane++) {
          if (ahead > this.#last[lane]) continue;
          mean[lane] += aheadMean[lane];
          variance[lane] += aheadVariance[lane];
        }
      }
    }
  }

  /**
   * [lane] what demand stays within with the chance Phi(z[lane]), after `read`: by the distribution of the forecast where it is known, with its mixtures and
   * with errors that the periods share, else mean plus z standard deviations. The same array is rewritten by the next call.
   */
  quantile(view: StateView, node: number, z: Float64Array): Float64Array {
    const { lanes, network } = view;
    const out = this.#quantile;
    const facing = facingDemand(network)[node];
    if (facing.length === 1 && view.coverQuantile(facing[0], this.#last, z, out)) return out;
    for (let lane = 0; lane < lanes; lane++) out[lane] = this.mean[lane] + z[lane] * Math.sqrt(this.variance[lane]);
    return out;
  }
}

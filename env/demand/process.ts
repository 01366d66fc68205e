/**
 * Where a node's demand comes from. A process keeps no state of its own: what a period brings follows from the period and from one uniform
 * number per lane, so demand cannot depend on orders, and any lane can be tried out with other numbers.
 */
export interface DemandProcess {
  /** Writes the demand of every lane [units]; `period` and `uniforms` are [lane]. */
  draw(period: Int32Array, uniforms: Float64Array, demand: Float64Array): void;
  /** Writes mean and variance of the demand `ahead` periods from now, as known when an order is due. */
  forecast(period: Int32Array, ahead: number, mean: Float64Array, variance: Float64Array): void;
  /** Writes mean and variance of a period's demand over all periods: the scale of things. */
  typical(mean: Float64Array, variance: Float64Array): void;
  /** Do forecasts ever change? If not they are asked for once. */
  readonly stationary: boolean;
}

/** Arrays are [period][lane], flat. */
export interface AdvantageInputs {
  readonly periods: number;
  readonly lanes: number;
  readonly rewards: Float64Array;
  /** Value of the state in which the action was chosen. */
  readonly values: ArrayLike<number>;
  /** Value of the state that followed: after an end, of what follows an end; after a time limit, of the last state. */
  readonly nextValues: ArrayLike<number>;
  /** 1 where the episode ended or was cut after this period: no advantage is carried across. */
  readonly ended: Uint8Array;
  readonly discount: number;
  readonly lambda: number;
}

/** Generalised advantage estimates (Schulman et al. 2016, equation 16): A_t = delta_t + discount x lambda x A_{t+1}, delta_t = r_t + discount x V_{t+1} - V_t. */
export function estimateAdvantages(inputs: AdvantageInputs, into: Float64Array): void {
  const { periods, lanes, rewards, values, nextValues, ended, discount, lambda } = inputs;
  for (let t = periods - 1; t >= 0; t--) {
    for (let lane = 0; lane < lanes; lane++) {
      const i = t * lanes + lane;
      const delta = rewards[i] + discount * nextValues[i] - values[i];
      const carried = t === periods - 1 || ended[i] === 1 ? 0 : into[i + lanes];
      into[i] = delta + discount * lambda * carried;
    }
  }
}

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
  /** Lanes in a group that faces the same demand: a group's mean error is taken off each period's errors. Default 1: none. */
  readonly siblings?: number;
}

/**
 * Generalised advantage estimates (Schulman et al. 2016, equation 16): A_t = delta_t + discount x lambda x A_{t+1}, delta_t = r_t + discount x V_{t+1} - V_t. With
 * siblings, each delta has the mean of its siblings' deltas of that period taken off: that leaves out the luck with the demand that they share, and no
 * bias comes in, because what a lane did has no part in its siblings' deltas.
 */
export function estimateAdvantages(inputs: AdvantageInputs, into: Float64Array): void {
  const { periods, lanes, rewards, values, nextValues, ended, discount, lambda, siblings = 1 } = inputs;
  for (let i = 0; i < periods * lanes; i++) into[i] = rewards[i] + discount * nextValues[i] - values[i];
  if (siblings > 1) centreOnSiblings(into, { periods, lanes, siblings });
  for (let t = periods - 2; t >= 0; t--) {
    for (let lane = 0; lane < lanes; lane++) {
      const i = t * lanes + lane;
      if (ended[i] === 0) into[i] += discount * lambda * into[i + lanes];
    }
  }
}

function centreOnSiblings(
  deltas: Float64Array,
  { periods, lanes, siblings }: { readonly periods: number; readonly lanes: number; readonly siblings: number },
): void {
  for (let t = 0; t < periods; t++) {
    for (let first = 0; first < lanes; first += siblings) {
      const end = Math.min(first + siblings, lanes);
      if (end - first < 2) continue;
      let sum = 0;
      for (let lane = first; lane < end; lane++) sum += deltas[t * lanes + lane];
      for (let lane = first; lane < end; lane++) {
        const own = deltas[t * lanes + lane];
        deltas[t * lanes + lane] = own - (sum - own) / (end - first - 1);
      }
    }
  }
}

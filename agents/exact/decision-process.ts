/**
 * A finite Markov decision process in compressed rows. State s has the choices choiceStart[s] to choiceStart[s + 1] - 1; choice c costs
 * cost[c] in expectation and leads to next[k] with probability[k] for k from rowStart[c] to rowStart[c + 1] - 1.
 */
export interface DecisionProcess {
  readonly states: number;
  readonly choiceStart: Int32Array;
  /** [money] expected in the period. */
  readonly cost: Float64Array;
  /** [choice][arc] the order that a choice stands for [units]. */
  readonly orders: Float64Array;
  readonly rowStart: Int32Array;
  readonly next: Int32Array;
  readonly probability: Float64Array;
}

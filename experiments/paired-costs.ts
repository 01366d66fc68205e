import type { Policy } from '../agents/index.ts';
import type { Scenario } from '../env/index.ts';
import { evaluationSize, measure, pairedDifference } from './evaluate.ts';
import { type Estimate, estimate } from './statistics.ts';

/** A policy in a scenario of its own: one that knows more, or less, than the other's. */
export interface Trial {
  readonly scenario: Scenario;
  readonly policy: Policy;
}

export interface PairedCostsOptions {
  readonly trial: Trial;
  readonly reference: Trial;
  readonly lanes: number;
  readonly periods: number;
  readonly seed: number;
}

export interface PairedCosts {
  /** [money/period] */
  readonly trial: Estimate;
  readonly reference: Estimate;
  /** [money/period] of the trial less the reference, lane by lane. */
  readonly difference: Estimate;
}

/** What two policies cost with the same random numbers, each in its own scenario: on the same demand, where the scenarios differ in what is known of it alone. */
export function pairedCosts({ trial, reference, seed, ...asked }: PairedCostsOptions): PairedCosts {
  const { items, lanes, periods } = evaluationSize(trial.scenario, asked);
  const costs = ({ scenario, policy }: Trial) => measure({ scenario, policy, lanes, periods, seed, onProgress: () => {} }).cost;
  const [own, other] = [costs(trial), costs(reference)];
  return { trial: estimate(own, items), reference: estimate(other, items), difference: pairedDifference(own, other, items) };
}

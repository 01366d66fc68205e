import type { Archive } from '../../neural/index.ts';
import type { Policy } from '../policy.ts';
import type { ActingNetwork } from './acting-network.ts';

/** What one iteration did: numbers by name, to be logged. */
export type Metrics = Readonly<Record<string, number>>;

/** An agent in training. One call of `step` collects experience and learns from it. */
export interface Trainer {
  readonly agent: string;
  /** What computes, in one line. */
  readonly backend: string;
  /** The policy that it sets out to improve on; left out: it starts from nothing. */
  readonly base?: Policy;
  /** Environment steps taken so far, all lanes together. */
  readonly steps: number;
  /** Environment steps that the schedules are laid out for. Training may go on beyond: they then stay at their ends. */
  plannedSteps: number;
  step(): { readonly steps: number; readonly metrics: Metrics };
  /** False as long as `policy` is of a network that has learned nothing; left out where it learns from the first step on. */
  readonly learned?: boolean;
  /** The policy as it stands, frozen. */
  policy(): ActingNetwork;
  /** Everything that training goes on from, the environment included: saved after k iterations and restored, it ends bit for bit as if uninterrupted. */
  save(): Archive;
  /** @throws UserError for a checkpoint of another agent, network or environment. */
  restore(checkpoint: Archive): void;
  /** Frees the tensors. */
  dispose(): void;
}

import type { Archive, ArchiveArray } from '../../../neural/index.ts';
import type { Policy } from '../../policy.ts';
import type { ActingNetwork } from '../acting-network.ts';
import { savedNumber } from '../checkpoint.ts';
import { type AgentInterface, networkPlayer, type Player, policyPlayer } from './player.ts';

/** A fitted network, and what it costs more than the policy that it was compared with [money/period]. */
export interface Challenger {
  readonly network: ActingNetwork;
  readonly parameters: Float32Array;
  readonly difference: number;
}

/** The policy at hand: the base policy until a network is cheaper; and the best network so far, which may be dearer than the base policy. */
export class Incumbent {
  /** Whom the rollouts follow. */
  player: Player;
  /** Null before the first. */
  best: Challenger | null = null;
  /** Has a network taken the base policy's place? */
  #improved = false;
  readonly #base: Player;
  readonly #agentInterface: AgentInterface;

  constructor({ base, agentInterface }: { readonly base: Policy; readonly agentInterface: AgentInterface }) {
    this.#agentInterface = agentInterface;
    this.#base = policyPlayer(base);
    this.player = this.#base;
  }

  /** Takes a network over that was compared with the policy at hand, if it is the cheaper; returns the best network there is. */
  offer(challenger: Challenger, player: Player): Challenger {
    const cheaper = challenger.difference < 0;
    const nearest = !this.#improved && (this.best === null || challenger.difference < this.best.difference);
    if (cheaper || nearest || this.best === null) this.best = challenger;
    if (cheaper) {
      this.player = player;
      this.#improved = true;
    }
    return this.best;
  }

  /** Numbers and arrays to be saved. */
  save(): { readonly data: Record<string, number>; readonly arrays: Record<string, ArchiveArray> } {
    if (this.best === null) return { data: { improved: 0 }, arrays: {} };
    return {
      data: { improved: this.#improved ? 1 : 0, difference: this.best.difference },
      arrays: { best: this.best.parameters.slice() },
    };
  }

  /** `acting` makes what acts with given weights. */
  restore(checkpoint: Archive, acting: (parameters: Float32Array) => ActingNetwork): void {
    const { best } = checkpoint.arrays;
    this.best = null;
    this.#improved = savedNumber(checkpoint, 'improved') > 0;
    this.player = this.#base;
    if (!(best instanceof Float32Array)) return;
    const parameters = best.slice();
    this.best = { network: acting(parameters), parameters, difference: savedNumber(checkpoint, 'difference') };
    if (this.#improved) this.player = networkPlayer(this.best.network, this.#agentInterface);
  }
}

import type { Frame, PolicyFrame } from '../protocol.ts';

/** The measures of a policy that are drawn. */
export type Measure = keyof PolicyFrame | 'below';

const MEASURES = [
  'orders',
  'onHand',
  'backlog',
  'onOrder',
  'served',
  'cost',
  'totalCost',
] as const satisfies readonly (keyof PolicyFrame)[];

/** What was played so far, kept both as frames and as columns: the plots draw columns. */
export class History {
  readonly frames: Frame[] = [];
  readonly period: number[] = [];
  readonly demand: number[] = [];
  readonly mean: number[] = [];
  readonly p10: number[] = [];
  readonly p90: number[] = [];
  readonly policies: Record<Measure, number[]>[] = [];

  constructor(policies: number) {
    for (let k = 0; k < policies; k++) {
      this.policies.push({ orders: [], onHand: [], backlog: [], onOrder: [], served: [], cost: [], totalCost: [], below: [] });
    }
  }

  /** Puts frames in the place of everything from an index on. */
  replace(from: number, frames: readonly Frame[]): void {
    this.#cut(from);
    for (const frame of frames) this.#append(frame);
  }

  #cut(length: number): void {
    for (const column of [this.frames, this.period, this.demand, this.mean, this.p10, this.p90])
      column.length = Math.min(column.length, length);
    for (const columns of this.policies) for (const column of Object.values(columns)) column.length = Math.min(column.length, length);
  }

  #append(frame: Frame): void {
    this.frames.push(frame);
    this.period.push(frame.period);
    this.demand.push(frame.demand);
    this.mean.push(frame.forecast.mean);
    this.p10.push(frame.forecast.p10);
    this.p90.push(frame.forecast.p90);
    for (const [k, columns] of this.policies.entries()) {
      const policy = frame.policies[k];
      for (const measure of MEASURES) columns[measure].push(policy[measure]);
      columns.below.push(-shortOf(frame, k));
    }
  }
}

/** [units] of a period's demand that a policy did not serve at once. */
export function shortOf(frame: Frame, policy: number): number {
  return frame.demand - frame.policies[policy].served;
}

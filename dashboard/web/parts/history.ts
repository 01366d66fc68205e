import { type Frame, type FrameNote, type PolicyFrame, type PolicyTotals, RunningTotals, type WatchedNetwork } from '../../protocol.ts';

/** The measures of a policy that are drawn. */
export type Measure = (typeof MEASURES)[number] | 'unmet';

const MEASURES = [
  'orders',
  'onHand',
  'backlog',
  'onOrder',
  'served',
  'cost',
  'totalCost',
] as const satisfies readonly (keyof PolicyFrame)[];

/** The place that the plots show: all of the network, or one location or link of it by its index. */
export type Place = { readonly kind: 'all' } | { readonly kind: 'location' | 'link'; readonly index: number };

export const EVERYWHERE: Place = { kind: 'all' };

/** What was played so far, kept both as frames and as columns of one place: the plots draw columns. */
export class History {
  readonly frames: Frame[] = [];
  readonly notes: FrameNote[] = [];
  readonly period: number[] = [];
  readonly demand: number[] = [];
  readonly mean: number[] = [];
  readonly p10: number[] = [];
  readonly p90: number[] = [];
  readonly policies: Record<Measure, number[]>[] = [];
  readonly #network: WatchedNetwork | null;
  #place: Place = EVERYWHERE;
  #running: RunningTotals;

  constructor(policies: number, network: WatchedNetwork | null = null) {
    this.#network = network;
    this.#running = new RunningTotals(policies);
    for (let k = 0; k < policies; k++) {
      this.policies.push({ orders: [], onHand: [], backlog: [], onOrder: [], served: [], cost: [], totalCost: [], unmet: [] });
    }
  }

  get totals(): PolicyTotals[] {
    return this.#running.totals();
  }

  /** Puts frames in the place of everything from an index on. */
  replace(from: number, frames: readonly Frame[]): void {
    if (from < this.frames.length) this.#cut(from);
    for (const frame of frames) this.#append(frame);
  }

  /** Draws another place from now on. */
  show(place: Place): void {
    if (place.kind === this.#place.kind && (place.kind === 'all' || this.#place.kind === 'all' || place.index === this.#place.index))
      return;
    this.#place = place;
    this.replace(0, [...this.frames]);
  }

  #cut(length: number): void {
    for (const column of [this.frames, this.period, this.demand, this.mean, this.p10, this.p90]) column.length = length;
    for (const columns of this.policies) for (const column of Object.values(columns)) column.length = length;
    const kept = this.notes.filter(({ from }) => from <= length);
    this.notes.splice(0, this.notes.length, ...kept);
    this.#running = new RunningTotals(this.policies.length);
    for (const frame of this.frames) this.#running.add(frame);
  }

  #append(frame: Frame): void {
    const { demand, forecast } = this.#demandOf(frame);
    this.frames.push(frame);
    this.#running.add(frame);
    this.#note(frame);
    this.period.push(frame.period);
    this.demand.push(demand);
    this.mean.push(forecast.mean);
    this.p10.push(forecast.p10);
    this.p90.push(forecast.p90);
    for (const [k, columns] of this.policies.entries()) {
      const policy = this.#here(frame.policies[k], columns.totalCost.at(-1) ?? 0);
      for (const measure of MEASURES) columns[measure].push(policy[measure]);
      // What waits and what is lost, below the stock.
      columns.unmet.push(0 - policy.backlog - (policy.lost ?? 0));
    }
  }

  /** An event is told once, at its first period or at the first that is shown of it. */
  #note({ period, notes = [] }: Frame): void {
    for (const note of notes) if (note.from === period || (period === 1 && note.from < 1)) this.notes.push(note);
  }

  #demandOf({ demand, forecast, locations }: Frame): Pick<Frame, 'demand' | 'forecast'> {
    if (this.#place.kind !== 'location' || locations === undefined) return { demand, forecast };
    const at = this.#place.index;
    return { demand: locations.demand[at], forecast: { mean: locations.mean[at], p10: locations.p10[at], p90: locations.p90[at] } };
  }

  /** A policy's numbers at the place that is drawn. */
  #here(policy: PolicyFrame, costBefore: number): PolicyFrame {
    const { locations, links } = policy;
    if (this.#place.kind === 'all' || locations === undefined || links === undefined) return policy;
    const at = this.#place.index;
    if (this.#place.kind === 'link') {
      return { ...policy, orders: links.orders[at], onOrder: links.inTransit[at], onHand: links.shipped[at], backlog: 0, lost: 0 };
    }
    const into = (values: readonly number[]) => this.#linksInto(at).reduce((sum, link) => sum + values[link], 0);
    const cost = locations.cost[at];
    const here = {
      onHand: locations.onHand[at],
      backlog: locations.backlog[at],
      lost: locations.lost?.[at],
      cost,
      totalCost: costBefore + cost,
    };
    return { ...policy, ...here, orders: into(links.orders), onOrder: into(links.inTransit) };
  }

  #linksInto(location: number): number[] {
    const id = this.#network?.locations[location]?.id;
    return (this.#network?.links ?? []).flatMap(({ to }, k) => (to === id ? [k] : []));
  }
}

/** [units] of a period's demand that a policy did not serve at once. */
export function shortOf(frame: Frame, policy: number): number {
  return frame.demand - frame.policies[policy].served;
}

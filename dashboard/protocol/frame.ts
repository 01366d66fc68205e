import * as z from 'zod/mini';

/** What was expected of a period's demand when the order was placed [units]: mean, and the band that holds it 8 times out of 10. */
const forecast = z.object({ mean: z.number(), p10: z.number(), p90: z.number() });

/** One policy's side of one period. Sums over locations and links where there are several. */
const policyFrame = z.object({
  /** [units] ordered in the period. */
  orders: z.number(),
  /** [units] when the order was due: after receipt, before demand. */
  onHand: z.number(),
  /** [units] of demand waiting at that moment. */
  backlog: z.number(),
  /** [units] on the way at that moment, this period's order not yet among them. */
  onOrder: z.number(),
  /** [units] of the period's demand that were served at once. */
  served: z.number(),
  /** [units] of the period's demand that are lost; left out where none are. */
  lost: z.optional(z.number()),
  /** [money] */
  cost: z.number(),
  /** [money] from the first watched period to this one. */
  totalCost: z.number(),
  /** [money] of the period, in the order of `watching.costParts`; revenue counts against the others. */
  costs: z.array(z.number()),
  /** [location] in the order of `watching.network`; left out where there is one location with one link. */
  locations: z.optional(
    z.object({
      onHand: z.array(z.number()),
      /** [units] owed to customers and to other locations. */
      backlog: z.array(z.number()),
      /** [units] lost in the period; left out where nothing is lost anywhere. */
      lost: z.optional(z.array(z.number())),
      cost: z.array(z.number()),
    }),
  ),
  /** [link] in the order of `watching.network`; left out likewise. */
  links: z.optional(
    z.object({
      orders: z.array(z.number()),
      /** [units] on the way when the order was due. */
      inTransit: z.array(z.number()),
      /** [units] that left the sender in the period. */
      shipped: z.array(z.number()),
    }),
  ),
});

/** An announced event that falls in the period. */
const note = z.object({
  text: z.string(),
  /** Its first period, counted as frames are; 0 or less where it began before them. */
  from: z.int(),
  /** [periods] */
  length: z.int(),
  location: z.string(),
});

export const frame = z.object({
  /** Number of the watched period, from 1: the warm-up before it is not counted. */
  period: z.int(),
  /** [units] */
  demand: z.number(),
  forecast,
  /** Left out where there are none. */
  notes: z.optional(z.array(note)),
  /** [location] the same for each; left out where one location faces all demand. */
  locations: z.optional(
    z.object({ demand: z.array(z.number()), mean: z.array(z.number()), p10: z.array(z.number()), p90: z.array(z.number()) }),
  ),
  /** In the order of `watching.names`. */
  policies: z.array(policyFrame),
});

export type Frame = z.infer<typeof frame>;
export type PolicyFrame = z.infer<typeof policyFrame>;
export type FrameNote = z.infer<typeof note>;

export const policyTotals = z.object({
  /** [money] */
  totalCost: z.number(),
  /** [money/period] */
  costPerPeriod: z.number(),
  /** Part of demand served at once, 0 to 1; null where nothing was demanded. */
  fillRate: z.nullable(z.number()),
  /** [money/period] in the order of `watching.costParts`. */
  costs: z.array(z.number()),
});

export type PolicyTotals = z.infer<typeof policyTotals>;

/** What each policy has come to, frame by frame. */
export class RunningTotals {
  readonly #served: number[];
  readonly #costs: number[][];
  readonly #totalCost: number[];
  #demand = 0;
  #frames = 0;

  constructor(policies: number) {
    this.#served = new Array(policies).fill(0);
    this.#totalCost = new Array(policies).fill(0);
    this.#costs = Array.from({ length: policies }, () => []);
  }

  add({ demand, policies }: Frame): void {
    this.#frames++;
    this.#demand += demand;
    for (const [k, policy] of policies.entries()) {
      this.#served[k] += policy.served;
      this.#totalCost[k] = policy.totalCost;
      for (const [part, cost] of policy.costs.entries()) this.#costs[k][part] = (this.#costs[k][part] ?? 0) + cost;
    }
  }

  totals(): PolicyTotals[] {
    const frames = this.#frames;
    return this.#totalCost.map((totalCost, k) => ({
      totalCost,
      costPerPeriod: frames > 0 ? totalCost / frames : 0,
      fillRate: this.#demand > 0 ? this.#served[k] / this.#demand : null,
      costs: this.#costs[k].map((cost) => cost / frames),
    }));
  }
}

/** What each policy has come to over the given frames: the page's table and the server's `end` are this same sum. */
export function totalsOf(frames: readonly Frame[], policies: number): PolicyTotals[] {
  const running = new RunningTotals(policies);
  for (const frame of frames) running.add(frame);
  return running.totals();
}

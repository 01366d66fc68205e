import { z } from 'zod';

const amount = z.number().min(0);
const part = amount.max(1);
const periods = z.int().min(0);

/** A cost in money, the same for all items or by item, or as a part of each item's price where the lanes are a catalogue. */
export const cost = z.union([
  amount,
  z.strictObject({ ofPrice: amount.describe("part of the item's price") }),
  z.record(z.string(), amount).describe('by item'),
]);

/** A quantity, the same for all items or by item. */
const quantity = z.union([amount, z.record(z.string(), amount).describe('by item')]);

const crossing = z.boolean().optional().describe('may a later order overtake an earlier one? Left out: no');
const plus = periods.optional().describe('periods added to what is drawn');

const randomLeadTime = z.discriminatedUnion('distribution', [
  z.strictObject({ distribution: z.literal('uniform'), low: periods, high: periods, plus, crossing }),
  z.strictObject({
    distribution: z.literal('empirical'),
    values: z.array(periods).min(1),
    probabilities: z.array(part).optional(),
    plus,
    crossing,
  }),
  z.strictObject({ distribution: z.enum(['poisson', 'geometric']), mean: amount, plus, crossing }),
  z.strictObject({ distribution: z.literal('binomial'), trials: periods, probability: part, plus, crossing }),
]);

export const leadTime = z
  .union([periods, randomLeadTime])
  .describe('periods, or their distribution; an order of period t is received at the start of period t + leadTime');

const priceBreak = z.strictObject({ from: amount.describe('units'), cost: amount.describe('money per unit, for all of them') });

export const unitCost = z
  .union([cost, z.array(priceBreak).min(1)])
  .refine((breaks) => !Array.isArray(breaks) || breaks[0].from === 0, 'expected a first break from 0')
  .describe('money per unit; or all-units discounts, [{ from: 0, cost: 2 }, { from: 50, cost: 1.5 }]');

const randomYield = z.union([
  part,
  z.strictObject({
    kind: z.enum(['binomial', 'all-or-nothing']),
    mean: part.describe('probability that a unit, or a delivery, can be used'),
  }),
]);

const disruptions = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('markov'),
    fail: part.describe('probability that a working link is down in the next period'),
    recover: part.describe('probability that a link that is down works in the next period'),
  }),
  z.strictObject({ kind: z.literal('listed'), periods: z.array(periods).describe('periods, counted from 0, in which it is down') }),
]);

/** What a link can have beyond its ends, lead time and costs. */
export const linkTerms = {
  id: z.string().min(1).optional().describe('left out: from>to'),
  priceIndex: z.string().optional().describe('an entry of indices that the unit cost is multiplied by, as it stands when the order ships'),
  minimumOrder: quantity.optional().describe('units; smaller orders are not taken'),
  batch: quantity.optional().describe('units; orders are cut to a multiple of it'),
  capacity: quantity.optional().describe('units per period; orders are cut to it'),
  yield: randomYield.optional().describe('part of a shipment that can be used, unit by unit; or all-or-nothing'),
  orderDelay: periods.optional().describe('periods until an order reaches its sender, which ships it then'),
  initialPipeline: z
    .array(quantity)
    .optional()
    .describe(
      'units on the way at the start, by periods until receipt: the first is received at the start of period 1, the last at leadTime - 1',
    ),
  initialOrders: z
    .array(quantity)
    .optional()
    .describe('units ordered before the start, by the period, from 0, in which they reach the sender'),
  lostOrders: part.optional().describe('probability that an order never reaches its sender'),
  disruptions: disruptions.optional().describe('periods in which the link takes no orders'),
};

const returns = z.strictObject({
  part: z.union([part, z.record(z.string(), part)]).describe('probability that a unit served comes back, as good as new'),
  after: z.int().min(1).describe('periods from being served to being back'),
  refund: cost.optional().describe('money per unit given back and spent on it'),
});

/** What a location can have beyond its costs, shortage and first stock. */
export const locationTerms = {
  allocation: z
    .enum(['proportional', 'priority', 'fair-share'])
    .optional()
    .describe('who gets what where customers order more than there is'),
  shortShipped: z
    .enum(['lost', 'lost-at-cost', 'owed'])
    .optional()
    .describe(
      'what of an order cannot be shipped: lost; lost, at the shortage cost per unit; or owed, at that cost per unit and period, and shipped first later',
    ),
  shipCapacity: amount.optional().describe('units per period that it can ship to other locations in all'),
  issuing: z.enum(['fifo', 'lifo']).optional().describe('of units that age: which are served first'),
  disposalCost: cost.optional().describe('money per unit discarded'),
  capacity: amount.optional().describe('volume that the stock of all items may take up at the end of a period; what is beyond is charged'),
  overflowCost: amount.optional().describe('money per volume and period beyond the capacity'),
  returns: returns.optional().describe('units served that customers send back'),
  salvageValue: cost.optional().describe('money per unit left when a finite horizon ends'),
};

export const item = z.strictObject({
  description: z.string().optional().describe('what it is, in words: read by embedders and shown to people'),
  life: z.int().min(1).optional().describe('periods that a unit can serve from its receipt on; left out: it keeps'),
  volume: amount.optional().describe('per unit, where locations have a capacity; left out: 1'),
});

export type Cost = z.output<typeof cost>;
export type LeadTime = z.output<typeof leadTime>;
export type UnitCost = z.output<typeof unitCost>;
export type LinkTerms = z.output<z.ZodObject<typeof linkTerms>>;
export type LocationTerms = z.output<z.ZodObject<typeof locationTerms>>;

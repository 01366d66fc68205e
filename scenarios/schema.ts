import { z } from 'zod';
import { OBSERVATION_PARTS } from '../env/index.ts';
import { demandForm } from './demand-schema.ts';
import { familyFields } from './family-schema.ts';
import { indexForm } from './index-schema.ts';
import { READERS } from './readers.ts';
import { cost, item, leadTime, linkTerms, locationTerms, unitCost } from './supply-schema.ts';

const amount = z.number().min(0);

const shortage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lost'), cost: cost.describe('money per unit of lost demand') }),
  z.strictObject({ kind: z.literal('backlog'), cost: cost.describe('money per unit and period of backlog') }),
  z.strictObject({
    kind: z.literal('partial'),
    cost: cost.describe('money per unit lost, and per unit and period of backlog'),
    backlogged: amount.max(1).describe('part of unmet demand that waits'),
  }),
]);

const location = z.strictObject({
  holdingCost: cost.describe('money per unit and period on stock left at the end of a period'),
  shortage: shortage.describe('what happens to demand that stock cannot serve'),
  initialStock: z
    .union([
      amount,
      z.strictObject({ periodsOfDemand: amount.describe('times the mean demand of a period') }),
      z.record(z.string(), amount).describe('by item'),
    ])
    .default(0)
    .describe('units on hand before the first period'),
  price: cost.optional().describe('money earned per unit served'),
  ...locationTerms,
});

const link = z.strictObject({
  from: z.string().describe('a location, or `supplier`: the outside source'),
  to: z.string().describe('a location'),
  leadTime,
  fixedCost: cost.optional().describe('money per shipment'),
  unitCost: unitCost.optional(),
  transitCost: cost.optional().describe('money per unit and period in transit'),
  ...linkTerms,
});

const correlation = z.number().min(-1, 'expected a correlation from -1 to 1').max(1, 'expected a correlation from -1 to 1');

/** How an agent's actions become orders, as it is written down. */
export const actionOptions = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('quantity'), max: z.int().min(1).optional() }),
  z.strictObject({ kind: z.literal('continuous'), max: z.number().positive().optional(), whole: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('multiple'),
    of: z.enum(['mean', 'forecast']).optional(),
    step: z.number().positive().optional(),
    max: z.number().positive().optional(),
  }),
  z.strictObject({
    kind: z.literal('order-up-to'),
    levels: z.int().min(2).optional(),
    from: z.number().optional(),
    to: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal('position'),
    echelon: z.boolean().optional(),
    around: z.array(z.number().min(0)).optional(),
    reach: z.number().positive().optional(),
    of: z.enum(['mean', 'forecast']).optional(),
  }),
]);

const published = z.strictObject({
  what: z.string().describe('what was computed, with the settings if they are not those of the file'),
  value: z.union([z.number(), z.array(z.number())]),
  source: z.string(),
});

/** A scenario as it is written down in YAML. This schema is the authority on the format. */
export const scenarioDocument = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and hyphens')
    .describe('what it is called by'),
  title: z.string().min(1).describe('what it is, in a line'),
  field: z.string().default('own').describe('the trade or the literature that it comes from'),
  story: z.string().optional().describe('who orders what, and what makes it hard'),
  source: z.string().optional().describe('where its numbers come from'),
  lesson: z.string().optional().describe('what to learn from it, in a line'),
  periods: z.int().min(1).nullable().default(null).describe('null: goes on for ever, judged by its long-run average'),
  warmUp: z.int().min(0).optional().describe('periods left out of averages; 100 unless given, 0 for a scenario that ends'),
  catalogue: z
    .strictObject({
      data: z.string().describe('folder with items.csv and sales.csv: one that ships with the product, or a path'),
      heldOut: z.int().min(1).describe('last periods of the data, kept from all fitting'),
      horizon: z.int().min(1).describe('periods that each forecast covers'),
      from: z.int().min(1).describe('first period of the data that is simulated; the ones before are history'),
      forecast: z
        .enum(READERS)
        .default('text')
        .describe('what reads descriptions and notes for the forecasts; none: numbers alone; oracle: knows the truth and its notes'),
      truth: z
        .strictObject({ dispersion: amount.describe('(variance - mean) / mean² of demand about its true mean') })
        .optional()
        .describe('demand of the held-out periods is drawn from the true means in truth.csv.gz, whatever is forecast of them'),
    })
    .optional()
    .describe('lanes are the items of a data set, with forecasts fitted to their sales'),
  items: z.record(z.string(), item).optional().describe('what is stocked, by id; left out: one item that keeps'),
  locations: z
    .record(z.string(), location)
    .refine((all) => Object.keys(all).length > 0, 'expected at least one location')
    .describe('places that hold stock, by id'),
  links: z.array(link).min(1).describe('ways along which orders are placed'),
  indices: z
    .record(z.string(), indexForm)
    .optional()
    .describe('what moves outside, and prices and demand follow: links by priceIndex, demand of kind index'),
  demand: z.array(demandForm).min(1).describe('where customers come, and what they ask for'),
  demandCorrelation: z
    .union([correlation, z.array(correlation).min(1), z.array(z.array(correlation)).min(1)])
    .optional()
    .describe('of the demands of one period: the same between any two, that of each with a common factor, or a matrix, in their order'),
  environment: z
    .strictObject({
      actions: actionOptions.optional().describe('how a choice becomes an order'),
      observation: z.array(z.enum(OBSERVATION_PARTS)).min(1).optional().describe('parts of what it sees, in their order'),
    })
    .optional()
    .describe('what a learned agent sees and chooses from'),
  baselines: z.array(z.string()).default(['base-stock', 's-S']).describe('policies to compare with'),
  solver: z
    .enum(['auto', 'newsvendor', 'zheng-federgruen', 'clark-scarf', 'wagner-whitin', 'value-iteration'])
    .nullable()
    .default('auto')
    .describe('what computes the optimum; auto: the first solver that covers the scenario; null: nothing'),
  published: z.array(published).optional().describe('numbers from the literature that this scenario reproduces'),
  given: z.record(z.string(), z.unknown()).optional().describe('values by name that the template is written with'),
  template: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('fields of the scenario, written anew from the given values whenever it is read; see scenarios show serial'),
  knobs: z
    .record(z.string(), z.strictObject({ path: z.string(), help: z.string() }))
    .default({})
    .describe('short names of fields, for --set and --vary'),
  ...familyFields,
});

export type ScenarioDocument = z.output<typeof scenarioDocument>;

import { z } from 'zod';
import type { FitConfig } from './knot-fit.ts';
import type { TriesConfig } from './tries-config.ts';

const count = z.int().min(1);
const part = z.number().min(0).max(1, 'expected a number from 0 to 1');

/** Every knob of training for a family, with its default. */
export const universalConfigSchema = z.strictObject({
  items: count.default(128_000).describe('items that orders are tried for'),
  states: count.default(4).describe('states per item'),
  paths: count.default(128).describe('paths of demand per order tried'),
  blocks: count.default(4).describe('times as many paths at most, where what orders cost is in doubt'),
  quiet: z.number().positive().default(0.08).describe('doubt that is borne, as a part of what a period costs'),
  horizon: count.default(12).describe('periods followed beyond the lead time, up to five times as many where demand varies much'),
  cycles: z
    .number()
    .min(0)
    .default(1)
    .describe('usual orders followed beyond that where an order costs something or comes in lots; they count less and less'),
  tail: z.int().min(0).default(8).describe('periods that they are followed for at least: of orders that last for a period or two, several'),
  randomOrders: part.default(0.15).describe('part of the orders drawn at random on the way to the states'),
  restarts: part.default(0.3).describe('part of the states that are a few periods from a random start'),
  searched: count.default(3_000).describe("periods of demand that each item's levels are searched on"),
  spacing: count.default(16).describe('about how many periods beyond the lead time the others are from it'),
  perLevel: z
    .int()
    .min(0)
    .default(12)
    .describe("steps up to an item's level, at least, in which its orders are valued; 0: its spread alone says how fine"),
  hidden: z.tuple([count, count]).default([112, 56]).describe('width of each hidden layer that looks at states'),
  itemHidden: count.default(96).describe('width of the hidden layer of the network that tunes it for an item'),
  epochs: count.default(40).describe('times that the fit goes through all states'),
  minibatch: count.default(512).describe('states per gradient step, about: whole items, two at least'),
  learningRate: z.number().positive().default(3e-3).describe('of Adam, at first; it falls to a hundredth'),
  sharpness: z.number().positive().default(2).describe('standard errors by which an order is dearer whose share is 1 / e of the cheapest'),
  regret: z.number().min(0).default(20).describe('what it weighs in the fit that orders cost a period more than the cheapest, in nats'),
});

export type UniversalConfig = z.output<typeof universalConfigSchema>;

export function triesConfig({
  states,
  paths,
  blocks,
  quiet,
  horizon,
  cycles,
  tail,
  randomOrders,
  restarts,
  spacing,
  searched,
  perLevel,
}: UniversalConfig): TriesConfig {
  return { states, paths, blocks, quiet, horizon, cycles, tail, randomOrders, restarts, spacing, searched, perLevel };
}

export function fitConfig({ hidden, itemHidden, epochs, minibatch, learningRate, sharpness, regret }: UniversalConfig): FitConfig {
  return { hidden, itemHidden, epochs, minibatch, learningRate, sharpness, regret };
}

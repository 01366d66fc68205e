import { type PerItem, UserError } from '../env/index.ts';
import type { Cost } from './supply-schema.ts';

/**
 * A cost as the simulator takes it; `prices` are those of a catalogue's items.
 * @throws UserError where it is a part of a price and there are none
 */
export function toMoney(cost: Cost | undefined, path: string, prices: Float64Array | undefined): PerItem | undefined {
  if (cost === undefined || typeof cost === 'number' || !isPartOfPrice(cost)) return cost;
  if (!prices) throw new UserError(`${path}.ofPrice: ${cost.ofPrice}; only items of a catalogue have a price: give money, or a catalogue`);
  return prices.map((price) => price * cost.ofPrice);
}

function isPartOfPrice(cost: Exclude<Cost, number>): cost is { ofPrice: number } {
  return Object.keys(cost).length === 1 && typeof cost.ofPrice === 'number';
}

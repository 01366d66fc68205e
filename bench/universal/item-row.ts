import { shippedUniversalNetwork, tune, universal } from '../../agents/index.ts';
import { evaluate } from '../../experiments/index.ts';
import { openFamily } from '../../scenarios/index.ts';
import { PURPOSE, SEED } from './family-items.ts';

export interface ItemTask {
  readonly family: string;
  readonly k: number;
  readonly lanes: number;
  readonly periods: number;
}

/** What an item costs beyond its own best tuned classic policy. */
export interface ItemRow {
  readonly k: number;
  readonly against: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** [%] */
  readonly percent: number;
  readonly ci95: readonly number[];
}

const RIVALS: Readonly<Record<string, readonly string[]>> = { 'lost-sales': ['capped-base-stock'] };

/** Tunes an item's rivals, and pairs the network with the cheapest on fresh demand. */
export async function itemRow({ family: name, k, lanes, periods }: ItemTask): Promise<ItemRow> {
  const family = await openFamily(name);
  const { scenario } = family.draw(k, { seed: SEED, purpose: PURPOSE });
  const tuned = RIVALS[name].map((rival) => tune({ scenario, family: rival, exactStates: 0 }));
  const { policy, parameters } = tuned.reduce((best, one) => (one.costPerPeriod < best.costPerPeriod ? one : best));
  const own = universal({ network: shippedUniversalNetwork() });
  const { results, differences } = evaluate({ scenario, policies: [policy, own], lanes, periods, seed: SEED });
  const percent = (cost: number) => (100 * cost) / results[0].costPerPeriod;
  const [{ mean, ci95 }] = differences;
  return { k, against: policy.name, parameters, percent: percent(mean), ci95: (ci95 ?? []).map(percent) };
}

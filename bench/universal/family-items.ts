import { chooseNetwork, factsIn, type ItemFacts, itemPlace, outsideReason, type UniversalNetwork } from '../../agents/index.ts';
import { type Scenario, Simulator } from '../../env/index.ts';
import { openFamily } from '../../scenarios/index.ts';

/** Far from any seed of training. */
export const SEED = 1_000_000;
const PURPOSE = 'benchmark item';

export interface BenchmarkItem {
  readonly k: number;
  readonly scenario: Scenario;
  readonly facts: ItemFacts;
}

/** The first items of a family that a network says it was trained for. */
export async function firstItems(
  count: number,
  { family: name, network }: { readonly family: string; readonly network: UniversalNetwork },
): Promise<BenchmarkItem[]> {
  const family = await openFamily(name);
  const found: BenchmarkItem[] = [];
  for (let k = 0; found.length < count; k++) {
    const { scenario } = family.draw(k, { seed: SEED, purpose: PURPOSE });
    if (outsideReason(scenario, [network]) !== undefined) continue;
    const { view } = new Simulator({ scenario, lanes: 1 });
    found.push({ k, scenario, facts: factsIn(view, itemPlace(view.network, 0, 0)) });
  }
  return found;
}

/** Item k of a family. */
export async function benchmarkItem(family: string, k: number): Promise<Scenario> {
  return (await openFamily(family)).draw(k, { seed: SEED, purpose: PURPOSE }).scenario;
}

/** Does the network order for an item, and not a formula? */
export function isLearned({ facts }: BenchmarkItem, network: UniversalNetwork): boolean {
  return facts.upTo === null && chooseNetwork(facts, [network], false).network !== null;
}

export function mean(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}

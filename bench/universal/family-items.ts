import { type ItemFacts, itemFacts, outsideReason, type UniversalNetwork } from '../../agents/index.ts';
import { compileNetwork, type Scenario } from '../../env/index.ts';
import { openFamily } from '../../scenarios/index.ts';

/** Far from any seed of training. */
export const SEED = 1_000_000;
export const PURPOSE = 'benchmark item';

export interface BenchmarkItem {
  readonly k: number;
  readonly scenario: Scenario;
  readonly facts: ItemFacts;
}

/** The first items of a family that a network says it was trained for. */
export async function firstItems(
  count: number,
  { family: name, network }: { readonly family: string; readonly network: UniversalNetwork },
) {
  const family = await openFamily(name);
  const found: BenchmarkItem[] = [];
  for (let k = 0; found.length < count; k++) {
    const { scenario } = family.draw(k, { seed: SEED, purpose: PURPOSE });
    const compiled = compileNetwork(scenario, 1);
    if (outsideReason(compiled, network) !== undefined) continue;
    const [node] = compiled.nodes;
    const place = { scenario, node, arc: compiled.arcs[node.inbound[0]], lane: 0, represents: 0 };
    found.push({ k, scenario, facts: itemFacts(place) });
  }
  return found;
}

export function mean(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}

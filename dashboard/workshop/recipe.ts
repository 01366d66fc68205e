import {
  baselines,
  buildBaseline,
  type ExactSolution,
  type OrderTable,
  orderTable,
  type Policy,
  policyFromTable,
  shippedUniversalNetworks,
  solveExact,
  universal,
} from '../../agents/index.ts';
import type { Scenario } from '../../env/index.ts';
import { loadRunPolicy } from '../../experiments/index.ts';

/** How a policy is made, as plain data: what goes from one process to another in its place. */
export type Recipe =
  | { readonly kind: 'baseline'; readonly family: string; readonly parameters: Readonly<Record<string, number | readonly number[]>> }
  | { readonly kind: 'run'; readonly run: string }
  /** The networks that ship; the fallback orders for items outside their families. */
  | { readonly kind: 'universal'; readonly fallback: Recipe | null }
  /** Where it is known already, or can be computed. */
  | { readonly kind: 'optimum' }
  /** An optimum that is computed sooner than it is told. */
  | { readonly kind: 'solver'; readonly solver: ExactSolution['solver'] }
  | { readonly kind: 'table'; readonly table: OrderTable };

const UNIVERSAL = 'universal';

/** The recipe of a classic policy, or of the network for any item, by its name and parameters. */
export function baselineRecipe({ name, parameters }: Pick<Policy, 'name' | 'parameters'>): Recipe {
  if (name === UNIVERSAL) {
    const { fallback, ...own } = parameters;
    return { kind: UNIVERSAL, fallback: typeof fallback === 'string' ? baselineRecipe({ name: fallback, parameters: own }) : null };
  }
  const numbers: Record<string, number | readonly number[]> = {};
  for (const [key, value] of Object.entries(parameters)) if (typeof value !== 'string') numbers[key] = value;
  return { kind: 'baseline', family: name, parameters: numbers };
}

/** Is it one of those that their name and parameters say all of? */
export function isBaseline({ name }: Policy): boolean {
  return name === UNIVERSAL || Object.hasOwn(baselines, name);
}

export function optimumRecipe({ policy, solver }: Pick<ExactSolution, 'policy' | 'solver'>): Recipe {
  const table = orderTable(policy);
  return table === null ? { kind: 'solver', solver } : { kind: 'table', table };
}

/** @throws UserError where a run is gone, or a parameter does not fit */
export async function fromRecipe(recipe: Recipe, scenario: Scenario): Promise<Policy> {
  switch (recipe.kind) {
    case 'baseline':
      return buildBaseline(recipe.family, recipe.parameters);
    case 'run':
      return (await loadRunPolicy(recipe.run)).policy;
    case 'universal': {
      const fallback = recipe.fallback === null ? null : await fromRecipe(recipe.fallback, scenario);
      return universal({ networks: shippedUniversalNetworks(), fallback, force: fallback === null });
    }
    case 'optimum':
      return solveExact(scenario).policy;
    case 'solver':
      return solveExact(scenario, { method: recipe.solver }).policy;
    case 'table':
      return policyFromTable(recipe.table);
  }
}

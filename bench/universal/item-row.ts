import { buildBaseline, chooseSolver, solveExact, tune, universal } from '../../agents/index.ts';
import { UserError } from '../../env/index.ts';
import { evaluate } from '../../experiments/index.ts';
import { benchmarkItem, SEED } from './family-items.ts';
import { measuredNetwork } from './measured-network.ts';

export interface ItemTask {
  readonly family: string;
  /** Whose network is measured; left out: the one that ships. */
  readonly run?: string;
  readonly k: number;
  readonly lanes: number;
  readonly periods: number;
  /** The item's rivals, where they are tuned already. */
  readonly rivals: Rivals | null;
  /** States up to which the optimum is computed; 0: it is not. */
  readonly maxStates: number;
}

export interface Rival {
  readonly policy: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly costPerPeriod: number;
}

/** An item's own best tuned classic policies. */
export interface Rivals {
  readonly k: number;
  readonly tuned: readonly Rival[];
}

interface Percent {
  /** [%] */
  readonly percent: number;
  readonly ci95: readonly number[];
}

/** What an item costs beyond its own best tuned classic policy, and beyond its optimum where that is computed. */
export interface ItemRow extends Percent {
  readonly k: number;
  readonly against: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly gap: (Percent & { readonly solver: string; readonly bounds: readonly number[] }) | null;
  /** The rival's. */
  readonly rivalGap: Percent | null;
}

/** Classic policies that are tuned for each item of a family. */
export const RIVALS: Readonly<Record<string, readonly string[]>> = {
  'lost-sales': ['capped-base-stock'],
  'lost-sales-fixed-cost': ['s-S', 's-nQ', 'r-Q'],
  backlog: ['base-stock', 's-S', 's-nQ'],
  'random-lead-time': ['base-stock', 'capped-base-stock', 's-S'],
  'moving-demand': ['forecast', 'forecast-s-S', 's-S'],
};

/** Tunes an item's rivals. */
export async function tuneRivals({ family, k }: Pick<ItemTask, 'family' | 'k'>): Promise<Rivals> {
  const scenario = await benchmarkItem(family, k);
  const tuned = RIVALS[family].map((policy): Rival => {
    const { parameters, costPerPeriod } = tune({ scenario, family: policy, exactStates: 0 });
    return {
      policy,
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, Number(value)])),
      costPerPeriod,
    };
  });
  return { k, tuned };
}

/** Pairs the network with the cheapest of an item's rivals, and with the optimum, on fresh demand. */
export async function itemRow(task: ItemTask & { readonly rivals: Rivals }): Promise<ItemRow> {
  const { k, family, lanes, periods, rivals, maxStates } = task;
  const scenario = await benchmarkItem(family, k);
  const { policy: against, parameters } = rivals.tuned.reduce((best, one) => (one.costPerPeriod < best.costPerPeriod ? one : best));
  const own = universal({ networks: [await measuredNetwork(task)] });
  const optimum = optimumOf(scenario, maxStates);
  const policies = [buildBaseline(against, parameters), own];
  const { results, differences } = evaluate({ scenario, policies, lanes, periods, seed: SEED, optimum });
  // Where sales bring in more than all costs, an item's cost is below 0: dearer is still more.
  const percent = (cost: number) => (100 * cost) / Math.abs(results[0].costPerPeriod);
  const [{ mean, ci95 }] = differences;
  const gapOf = ({ gapPercent, gapCi95 }: (typeof results)[number]) =>
    gapPercent === undefined ? null : { percent: gapPercent, ci95: [...(gapCi95 ?? [])] };
  const gap = gapOf(results[1]);
  return {
    k,
    against,
    parameters,
    percent: percent(mean),
    ci95: (ci95 ?? []).map(percent),
    gap: gap === null || optimum === null ? null : { ...gap, solver: optimum.solver, bounds: optimum.bounds },
    rivalGap: gapOf(results[0]),
  };
}

function optimumOf(scenario: Parameters<typeof solveExact>[0], maxStates: number) {
  if (maxStates === 0 || chooseSolver(scenario).solver === null) return null;
  try {
    return solveExact(scenario, { maxStates });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** One or more variants of a scenario in which agents are trained with their default settings, and what they are held against. */
export interface Study {
  readonly name: string;
  readonly scenario: string;
  readonly variants: readonly Variant[];
  readonly agents: readonly string[];
  /** Fixed beforehand. */
  readonly seeds: readonly number[];
  /** Policies to be cheaper than, where an optimum could be computed but for its size. Default: none where it is, else the scenario's usual baselines. */
  readonly baselines?: readonly string[];
  /** Of the evaluation. Default 1,024 lanes x 10,000 periods. */
  readonly evaluation?: { readonly lanes: number; readonly periods: number };
  /** The knob whose values are the columns of the printed table. */
  readonly across?: string;
  /** By agent, or `any`: largest mean and worst gap to the optimum [percent]. */
  readonly asked?: Readonly<Record<string, Asked>>;
}

export interface Asked {
  readonly mean?: number;
  readonly worst?: number;
  /** [s] of training. */
  readonly seconds?: number;
}

/** `--set` settings of the scenario, by their path. */
export type Variant = Readonly<Record<string, string | number>>;

const SEEDS = [1, 2, 3, 4, 5];
const LOST_SALES = {
  ppo: { mean: 0.35, worst: 0.8, seconds: 60 },
  dqn: { mean: 1.5, seconds: 180 },
  dcl: { mean: 0.25, worst: 0.6, seconds: 90 },
};

export const studies: readonly Study[] = [
  {
    name: 'lost-sales',
    scenario: 'lost-sales',
    variants: grid({ demand: ['poisson', 'geometric'], shortageCost: [4, 9, 19, 39], leadTime: [1, 2, 3, 4] }),
    agents: ['ppo', 'dcl'],
    seeds: [1],
    across: 'leadTime',
    asked: LOST_SALES,
  },
  {
    name: 'lost-sales-eight',
    scenario: 'lost-sales',
    variants: grid({ demand: ['poisson', 'geometric'], shortageCost: [4, 39], leadTime: [2, 4] }),
    agents: ['dqn'],
    seeds: [1],
    across: 'leadTime',
    asked: LOST_SALES,
  },
  {
    name: 'lost-sales-seeds',
    scenario: 'lost-sales',
    variants: [
      { demand: 'poisson', shortageCost: 4, leadTime: 4 },
      { demand: 'poisson', shortageCost: 39, leadTime: 4 },
      { demand: 'geometric', shortageCost: 9, leadTime: 2 },
      { demand: 'geometric', shortageCost: 39, leadTime: 3 },
    ],
    agents: ['ppo', 'dcl'],
    seeds: SEEDS,
    asked: LOST_SALES,
  },
  { name: 'dual-sourcing', scenario: 'dual-sourcing', variants: [{}], agents: ['ppo', 'dcl'], seeds: [1], asked: { any: { worst: 0.5 } } },
  {
    // All is paid and nothing earned: percent of the cost is percent of the return.
    name: 'perishable',
    scenario: 'perishable',
    variants: grid({ issuing: ['lifo', 'fifo'], life: [2, 3] }),
    agents: ['ppo', 'dcl'],
    seeds: [1],
    across: 'life',
    asked: { any: { worst: 0.5 } },
  },
  {
    name: 'fixed-cost',
    scenario: 'fixed-cost',
    variants: grid({ mean: [10, 20, 40] }),
    agents: ['ppo', 'dcl'],
    seeds: [1],
    asked: { any: { worst: 1 } },
  },
  {
    name: 'lost-sales-fixed-cost',
    scenario: 'lost-sales-fixed-cost',
    variants: [{}],
    agents: ['ppo', 'dcl'],
    seeds: [1],
    asked: { any: { worst: 1 } },
  },
  {
    // Where customers wait there is no room below balanced base stock; where they go there is.
    name: 'one-warehouse',
    scenario: 'one-warehouse',
    variants: [{}, { shortage: 'lost', retailerLeadTime: 2 }],
    agents: ['ppo', 'dcl'],
    seeds: [1],
  },
  {
    name: 'orgym-network',
    scenario: 'orgym-network',
    variants: [{}],
    agents: ['ppo', 'dcl'],
    seeds: [1],
    evaluation: { lanes: 16_384, periods: 30 },
  },
  {
    name: 'beer-game',
    scenario: 'beer-game',
    variants: [{}],
    agents: ['ppo', 'dcl'],
    seeds: [1],
    evaluation: { lanes: 16, periods: 36 },
  },
  {
    // The board's demand is known and its echelon base stock the optimum; a demand that is drawn leaves room.
    name: 'beer-game-drawn',
    scenario: 'beer-game',
    variants: [{ 'demand.0': '{"location":"retailer","distribution":"uniform","low":0,"high":8}' }],
    agents: ['ppo', 'dcl'],
    seeds: [1],
    evaluation: { lanes: 16_384, periods: 36 },
  },
  { name: 'retail', scenario: 'retail', variants: [{}], agents: ['ppo', 'dcl'], seeds: [1], evaluation: { lanes: 1024, periods: 1000 } },
  {
    name: 'long-lead-times',
    scenario: 'lost-sales',
    variants: grid({ leadTime: [8, 10] }),
    agents: ['ppo', 'dcl'],
    seeds: [1],
    baselines: ['capped-base-stock'],
  },
];

/** Every combination of the knobs' values, the last knob changing first. */
function grid(knobs: Readonly<Record<string, readonly (string | number)[]>>): Variant[] {
  return Object.entries(knobs).reduce<Variant[]>(
    (rows, [knob, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [knob]: value }))),
    [{}],
  );
}

import { dirname } from 'node:path';
import type { Policy, PolicyParameters } from '../agents/index.ts';
import { COST_PARTS, type CostParts, type Scenario, Simulator, UserError } from '../env/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { givenOrders, withGivenDemand } from './given.ts';
import { LEDGER_COLUMNS, Ledger } from './ledger.ts';
import { makePolicy } from './policy-spec.ts';
import { writeWhole } from './runs/store.ts';

export interface SimulateOptions {
  readonly loaded: LoadedScenario;
  /** A policy specification, as makePolicy takes it; default: the scenario's first baseline. */
  readonly policy?: string;
  /** CSV file of orders in place of a policy: period,link,item,quantity. */
  readonly orders?: string;
  /** CSV file of demand in place of the scenario's own: period,location,item,quantity. */
  readonly demand?: string;
  /** Default: those of a scenario that ends, else 100. */
  readonly periods?: number;
  readonly seed?: number;
  /** CSV file that the ledger is written to, whole or not at all. */
  readonly out?: string;
  readonly signal?: AbortSignal;
  readonly onMessage?: (message: string) => void;
}

export interface Simulation {
  readonly scenario: string;
  readonly seed: number;
  readonly policy: string;
  readonly parameters: PolicyParameters;
  readonly periods: number;
  /** [money] over all periods; cost is the sum of the others, revenue deducted. */
  readonly totals: Readonly<Record<keyof CostParts | 'cost', number>>;
  /** [units] ordered in vain: what links did not take, what senders did not have, and what was lost on its way to the sender. */
  readonly notShipped: { readonly clipped: number; readonly shortShipped: number; readonly lostOrders: number };
  /** Where the ledger was written. */
  readonly ledger: string | null;
}

/**
 * Runs one lane from its first period, without a warm-up, and writes it down period by period.
 * @throws UserError on files that cannot be used, and on a number of periods that the scenario does not have
 */
export async function simulate({ loaded, seed = 0, signal, onMessage = () => {}, ...options }: SimulateOptions): Promise<Simulation> {
  const periods = checkPeriods(loaded.scenario, options.periods);
  if (options.policy !== undefined && options.orders !== undefined) {
    throw new UserError(`--policy ${options.policy} and --orders ${options.orders}: expected one of the two; leave the other out`);
  }
  const lanes = loaded.scenario.laneNames;
  if (lanes && lanes.length > 1)
    onMessage(`"${loaded.scenario.id}" is a catalogue of ${lanes.length} items: this run is of the first, ${lanes[0].id}`);
  const file = options.demand;
  const scenario = file === undefined ? loaded.scenario : withGivenDemand({ scenario: loaded.scenario, file, periods, seed, onMessage });
  const policy =
    options.orders === undefined
      ? (await makePolicy(options.policy ?? loaded.document.baselines[0], { loaded, seed, signal, onMessage })).policy
      : givenOrders({ scenario, file: options.orders, periods, onMessage });
  const { lines, totals, notShipped } = writeDown({ scenario, policy, periods, seed, signal });
  if (options.out !== undefined) await writeLedger(options.out, lines);
  return {
    scenario: scenario.id,
    seed,
    policy: policy.name,
    parameters: policy.parameters,
    periods,
    totals,
    notShipped,
    ledger: options.out ?? null,
  };
}

const DEFAULT_PERIODS = 100;

function checkPeriods({ id, periods: all }: Scenario, asked = all ?? DEFAULT_PERIODS): number {
  if (all === null || asked <= all) return asked;
  throw new UserError(`--periods ${asked}: "${id}" ends after ${all} periods; expected at most ${all}, or --set periods=${asked}`);
}

interface RunOptions {
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly periods: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

function writeDown({ scenario, policy, periods, seed, signal }: RunOptions) {
  const simulator = new Simulator({ scenario, lanes: 1, seed, closing: true });
  const { network, view, costs } = simulator;
  const ledger = new Ledger(simulator);
  const orders = new Float64Array(network.arcs.length);
  const lines = [['period', 'location', 'item', ...LEDGER_COLUMNS].join(',')];
  const totals = Object.fromEntries([...COST_PARTS, 'cost'].map((part) => [part, 0])) as Record<keyof CostParts | 'cost', number>;
  const notShipped = { clipped: 0, shortShipped: 0, lostOrders: 0 };
  for (let period = 0; period < periods; period++) {
    signal?.throwIfAborted();
    ledger.open();
    orders.fill(0);
    policy.order(view, orders);
    simulator.step(orders);
    for (const part of COST_PARTS) totals[part] += costs[part][0];
    totals.cost += simulator.cost[0];
    for (const kind of NOT_SHIPPED) notShipped[kind] += simulator[kind].reduce((sum, units) => sum + units, 0);
    ledger.close(orders).forEach((row, n) => {
      const { location, item } = network.nodes[n];
      lines.push([period, quoted(location), quoted(item), ...LEDGER_COLUMNS.map((column) => plain(row[column]))].join(','));
    });
  }
  return { lines, totals, notShipped };
}

const NOT_SHIPPED = ['clipped', 'shortShipped', 'lostOrders'] as const;

/** Twelve figures: more are rounding errors. */
function plain(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function writeLedger(out: string, lines: readonly string[]): Promise<void> {
  try {
    await writeWhole(out, `${lines.join('\n')}\n`);
  } catch {
    throw new UserError(`--out ${out}: cannot be written; expected a file in a folder that exists, and ${dirname(out)} may be written to`);
  }
}

import type { Policy } from '../agents/index.ts';
import { type Scenario, UserError } from '../env/index.ts';
import { Episode, type KnownOptimum } from './episode.ts';
import { Kept } from './kept.ts';
import { Player, type PlayerSeat } from './player.ts';
import type { PolicyChoice, ScenarioChoice, WatchMessage } from './protocol.ts';
import type { WatchSource, WorkOptions } from './source.ts';

export interface SimulatorSourceOptions {
  readonly scenarios: () => Promise<readonly ScenarioChoice[]>;
  /** What is offered; other specs that `policy` understands may be asked for as well. */
  readonly policies: () => Promise<readonly PolicyChoice[]>;
  /** A scenario with knobs set, keyed by its id. */
  readonly scenario: (id: string, set: WatchMessage['set'], signal: AbortSignal) => Scenario | Promise<Scenario>;
  /** A policy from its spec, tuned or loaded as that asks for; may take its time: it is asked for once per scenario with its knobs. */
  readonly policy: (spec: string, scenario: Scenario, signal: AbortSignal) => Policy | Promise<Policy>;
  /** What a policy that is not offered is called. Default: by its spec. */
  readonly titleOf?: (spec: string) => string;
  /** [money/period] of the best possible policy where it is known by now, or null. */
  readonly optimum?: (scenario: Scenario) => KnownOptimum | null;
}

/** Episodes in the simulator, and what they are made of. */
export interface SimulatorSource extends WatchSource {
  scenario(watch: WatchMessage, options?: WorkOptions): Promise<Scenario>;
  policy(spec: string, watch: WatchMessage, options?: WorkOptions): Promise<Policy>;
}

/** Scenarios and policies that are kept ready. */
const KEPT = 64;

/** Episodes in the simulator, from scenarios and policies by name. */
export function simulatorSource(options: SimulatorSourceOptions): SimulatorSource {
  const scenarios = new Kept<Scenario>(KEPT);
  const policies = new Kept<Policy>(KEPT);
  const keyOf = ({ scenario, set }: WatchMessage) => JSON.stringify([scenario, Object.entries(set).sort()]);

  const scenario: SimulatorSource['scenario'] = async (watch, { signal, onDoing } = {}) => {
    if (!scenarios.has(keyOf(watch))) onDoing?.('loading', null);
    return scenarios.get(keyOf(watch), async (own) => options.scenario(watch.scenario, watch.set, own), signal);
  };

  const policy: SimulatorSource['policy'] = async (spec, watch, { signal, onDoing } = {}) => {
    const known = await scenario(watch, { signal });
    const key = `${keyOf(watch)} ${spec}`;
    if (!policies.has(key)) onDoing?.(spec === 'optimal' ? 'solving' : 'tuning', spec);
    return policies.get(key, async (own) => options.policy(spec, known, own), signal);
  };

  return {
    scenarios: options.scenarios,
    policies: options.policies,
    scenario,
    policy,
    async open(watch, work = {}): Promise<Episode> {
      const known = await scenario(watch, work);
      const titles = new Map((await options.policies()).map(({ spec, title }) => [spec, title]));
      const named = [];
      for (const spec of watch.policies)
        named.push({ name: titles.get(spec) ?? options.titleOf?.(spec) ?? spec, policy: await policy(spec, watch, work) });
      const seats = watch.game === null ? null : await seatsOf(watch.game.seats, async (spec) => policy(spec, watch, work));
      if (seats !== null) checkSeats(known, seats);
      work.onDoing?.('starting', null);
      await work.turn?.();
      work.signal?.throwIfAborted();
      const { seed, lane, item, periods } = watch;
      const lanes = Math.max(1, known.laneNames?.length ?? 1);
      return new Episode({
        // A game starts where its scenario starts: a warm-up would be played without its players.
        scenario: seats === null ? known : { ...known, warmUp: 0 },
        policies: named,
        seed,
        lane,
        item,
        periods,
        optimum: options.optimum?.(known) ?? null,
        player: seats === null ? null : new Player(seats, lane % lanes),
      });
    },
  };
}

async function seatsOf(seats: Readonly<Record<string, string>>, policy: (spec: string) => Promise<Policy>): Promise<PlayerSeat[]> {
  const made: PlayerSeat[] = [];
  for (const [location, by] of Object.entries(seats)) made.push({ location, by, policy: by === 'human' ? null : await policy(by) });
  return made;
}

/** Locations of a scenario that order, from the sources down as far as its links are written so. */
export function orderingLocations({ links }: { readonly links: readonly { readonly to: string }[] }): string[] {
  return [...new Set(links.map(({ to }) => to))];
}

function checkSeats(scenario: Scenario, seats: readonly PlayerSeat[]): void {
  const ordering = orderingLocations(scenario);
  const wrong = seats.find(({ location }) => !ordering.includes(location));
  if (wrong !== undefined) throw new UserError(`seat "${wrong.location}": expected one of ${ordering.join(', ')}`);
  const missing = ordering.find((location) => !seats.some((seat) => seat.location === location));
  if (missing !== undefined) throw new UserError(`game.seats: nobody orders at ${missing}; expected "human" or a policy`);
}

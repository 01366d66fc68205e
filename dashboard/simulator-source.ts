import type { Policy } from '../agents/index.ts';
import type { Scenario } from '../env/index.ts';
import { simulatedEpisode } from './episode.ts';
import type { PolicyChoice, ScenarioChoice, WatchMessage } from './protocol.ts';
import type { Episode, WatchSource } from './source.ts';

export interface SimulatorSourceOptions {
  readonly scenarios: () => Promise<readonly ScenarioChoice[]>;
  /** What is offered; other specs that `policy` understands may be asked for as well. */
  readonly policies: () => Promise<readonly PolicyChoice[]>;
  /** A scenario with knobs set, keyed by its id. */
  readonly scenario: (id: string, set: WatchMessage['set']) => Scenario | Promise<Scenario>;
  /** A policy from its spec, tuned or loaded as that asks for; may take its time: it is asked for once per scenario with its knobs. */
  readonly policy: (spec: string, scenario: Scenario) => Policy | Promise<Policy>;
  /** [money/period] of the best possible policy where it is known by now, or null. */
  readonly optimum?: (scenario: Scenario) => number | null;
}

/** Scenarios and policies that are kept ready. */
const KEPT = 64;

/** Episodes in the simulator, from scenarios and policies by name. */
export function simulatorSource(options: SimulatorSourceOptions): WatchSource {
  const scenarios = new Kept<Scenario>();
  const policies = new Kept<Policy>();
  return {
    scenarios: options.scenarios,
    policies: options.policies,
    async open({ scenario: id, set, policies: specs, seed, lane, periods }): Promise<Episode> {
      const key = JSON.stringify([id, Object.entries(set).sort()]);
      const scenario = await scenarios.get(key, async () => options.scenario(id, set));
      const offered = await options.policies();
      const titles = new Map(offered.map(({ spec, title }) => [spec, title]));
      const named = [];
      for (const spec of specs) {
        const policy = await policies.get(`${key} ${spec}`, async () => options.policy(spec, scenario));
        named.push({ name: titles.get(spec) ?? spec, policy });
      }
      return simulatedEpisode({ scenario, policies: named, seed, lane, periods, optimum: options.optimum?.(scenario) ?? null });
    },
  };
}

/** Values made once and kept while they are among the last used; two who ask at the same time wait for the same one. */
class Kept<T> {
  readonly #values = new Map<string, Promise<T>>();

  get(key: string, make: () => Promise<T>): Promise<T> {
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    // What failed is tried again the next time.
    value.catch(() => this.#values.delete(key));
    const oldest = this.#values.keys().next().value;
    if (this.#values.size > KEPT && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }
}

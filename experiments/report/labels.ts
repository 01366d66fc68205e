import type { RunRecord } from '../runs/records.ts';

/** What policies are called in a report: runs by their agent and the end of their id, where that tells them apart. */
export class Labels {
  readonly #byPolicy: ReadonlyMap<string, string>;

  constructor(records: readonly Pick<RunRecord, 'run' | 'agent' | 'seed'>[]) {
    const short = records.map(({ run, agent, seed }) => `${agent}, seed ${seed} (${run.split('-').at(-1)})`);
    this.#byPolicy = new Map(
      records.map(({ run }, k) => [`run:${run}`, short.filter((one) => one === short[k]).length > 1 ? run : short[k]]),
    );
  }

  of(policy: string): string {
    return this.#byPolicy.get(policy) ?? policy;
  }

  ofRun(run: string): string {
    return this.of(`run:${run}`);
  }

  isRun(policy: string): boolean {
    return this.#byPolicy.has(policy);
  }
}

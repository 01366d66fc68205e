import { type HelloMessage, PROTOCOL_VERSION, type WatchMessage } from './protocol.ts';
import type { WatchSource } from './source.ts';

export interface GreetingOptions {
  readonly source: WatchSource;
  readonly start: WatchMessage;
  /** A run to follow first. */
  readonly follow: string | null;
}

/** The first that a page hears. */
export async function greeting({ source, start, follow }: GreetingOptions): Promise<HelloMessage> {
  const scenarios = [...(await source.scenarios())];
  const agents = [...(source.training?.agents ?? [])];
  return { type: 'hello', version: PROTOCOL_VERSION, scenarios, ...(await offersOf(source)), start, agents, follow };
}

/** What there is to watch and to follow by now. */
export async function offersOf(source: WatchSource): Promise<Pick<HelloMessage, 'policies' | 'runs'>> {
  const [policies, runs] = await Promise.all([source.policies(), source.runs?.() ?? []]);
  return { policies: [...policies], runs: [...runs] };
}

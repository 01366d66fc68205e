import { type WatchMessage, watchMessage } from '../../protocol.ts';
import { knobFrom } from '../parts/knob-value.ts';

/** What is watched, as words of the address. */
export function wordsOf(watch: WatchMessage): URLSearchParams {
  const words = new URLSearchParams({ scenario: watch.scenario, seed: String(watch.seed), periods: String(watch.periods) });
  if (watch.lane > 0) words.set('lane', String(watch.lane));
  if (watch.item !== null) words.set('item', String(watch.item));
  for (const policy of watch.policies) words.append('policy', policy);
  for (const [knob, value] of Object.entries(watch.set)) words.append(`set.${knob}`, String(value));
  return words;
}

/** What the address asks for; `fallback` where it asks for nothing that can be understood. */
export function watchFrom(words: URLSearchParams, fallback: WatchMessage): WatchMessage {
  const scenario = words.get('scenario');
  if (scenario === null) return fallback;
  const set: WatchMessage['set'] = {};
  for (const [name, value] of words) if (name.startsWith('set.')) set[name.slice('set.'.length)] = knobFrom(value);
  const read = watchMessage.safeParse({
    ...fallback,
    scenario,
    set,
    policies: words.has('policy') ? words.getAll('policy') : fallback.policies,
    seed: Number(words.get('seed') ?? fallback.seed),
    periods: Number(words.get('periods') ?? fallback.periods),
    lane: Number(words.get('lane') ?? 0),
    item: words.has('item') ? Number(words.get('item')) : null,
  });
  return read.success ? read.data : fallback;
}

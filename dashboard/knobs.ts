import type { ScenarioDocument } from '../scenarios/index.ts';
import type { ScenarioChoice } from './protocol.ts';

/** A scenario's knobs with the values that they have in its document. */
export function knobsOf(document: ScenarioDocument): ScenarioChoice['knobs'] {
  return Object.entries(document.knobs).map(([name, { path, help }]) => ({ name, help, value: shown(valueAt(document, path)) }));
}

/** The field at a path such as `links.supplier>store.leadTime`; undefined where there is none. */
function valueAt(document: unknown, path: string): unknown {
  let here = document;
  for (const step of path.split('.')) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Array.isArray(here) ? (here.find((entry) => linkId(entry) === step) ?? here[Number(step)]) : Reflect.get(here, step);
  }
  return here;
}

function linkId(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || !('from' in entry && 'to' in entry)) return undefined;
  return `${entry.from}>${entry.to}`;
}

function shown(value: unknown): number | boolean | string {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

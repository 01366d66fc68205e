import { fieldAt, type ScenarioDocument } from '../scenarios/index.ts';
import type { ScenarioChoice } from './protocol.ts';

/** A scenario's knobs with the values that they have in its document. */
export function knobsOf(document: ScenarioDocument): ScenarioChoice['knobs'] {
  return Object.entries(document.knobs).map(([name, { path, help }]) => ({ name, help, value: shown(fieldAt(document, path)) }));
}

function shown(value: unknown): number | boolean | string {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

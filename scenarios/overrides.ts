import { DISTRIBUTIONS, UserError } from '../env/index.ts';

type Tree = Record<string, unknown> | unknown[];

/**
 * Lays `name=value` settings over a scenario as it was written: a knob's name, or the path of any field (`links.supplier>store.leadTime`). A value is
 * read as JSON, else as a list with commas, else as text. Distributions are set first: a new one drops the parameters that it does not take.
 * @throws UserError naming the setting and what could have been set
 */
export function applySettings(document: Record<string, unknown>, settings: readonly string[]): Record<string, unknown> {
  const changed = structuredClone(document);
  const knobs = knobsOf(changed);
  const changes = settings.map((setting) => readSetting(setting, knobs));
  const isDistribution = ({ path }: { readonly path: string }) => path.endsWith('.distribution');
  for (const { path, value } of [...changes.filter(isDistribution), ...changes.filter((change) => !isDistribution(change))]) {
    setField(changed, path, value, Object.keys(knobs));
  }
  return changed;
}

/** The settings of values that a template is written with, and of its text; and all others, which hold for what it wrote. */
export function splitSettings(
  document: Record<string, unknown>,
  settings: readonly string[],
): { readonly given: readonly string[]; readonly others: readonly string[] } {
  const knobs = knobsOf(document);
  const isGiven = (setting: string) => /^(given|template)\./.test(readSetting(setting, knobs).path);
  return { given: settings.filter(isGiven), others: settings.filter((setting) => !isGiven(setting)) };
}

function knobsOf({ knobs }: Record<string, unknown>): Record<string, unknown> {
  return isTree(knobs) && !Array.isArray(knobs) ? knobs : {};
}

function readSetting(setting: string, knobs: Record<string, unknown>): { readonly path: string; readonly value: unknown } {
  const at = setting.indexOf('=');
  if (at < 1) throw new UserError(`--set ${setting}: expected name=value, for example --set leadTime=2`);
  const name = setting.slice(0, at);
  const knob = knobs[name];
  const path = isTree(knob) && 'path' in knob ? String(knob.path) : name;
  return { path, value: parseValue(setting.slice(at + 1)) };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.includes(',') ? text.split(',').map((part) => parseValue(part.trim())) : text;
  }
}

function setField(document: Tree, path: string, value: unknown, knobs: readonly string[]): void {
  const steps = path.split('.');
  let here: Tree = document;
  for (const [depth, step] of steps.entries()) {
    const key = keyOf(here, step);
    const last = depth === steps.length - 1;
    const next = Array.isArray(here) ? here[Number(key)] : here[key];
    if ((last && !Array.isArray(here) && (depth > 0 || next !== undefined)) || (last && next !== undefined)) {
      if (Array.isArray(here)) here[Number(key)] = value;
      else {
        if (key === 'distribution') dropParameters(here, here[key], value);
        here[key] = value;
      }
      return;
    }
    if (!isTree(next)) throw unknownField(path, step, here, knobs);
    here = next;
  }
}

/** Another distribution keeps the parameters that it has in common with the old one; the others go. */
function dropParameters(form: Record<string, unknown>, before: unknown, after: unknown): void {
  for (const name of parametersOf(before)) if (!parametersOf(after).includes(name)) delete form[name];
}

function parametersOf(name: unknown): string[] {
  return Object.entries(DISTRIBUTIONS).flatMap(([known, { parameters }]) => (known === name ? Object.keys(parameters) : []));
}

/** The entry of a list by its number, or a link by its id: its own, or `from>to`. */
function keyOf(here: Tree, step: string): string {
  if (!Array.isArray(here)) return step;
  const index = here.findIndex((entry) => isTree(entry) && !Array.isArray(entry) && (entry.id ?? `${entry.from}>${entry.to}`) === step);
  return index >= 0 ? String(index) : step;
}

/** What stands at a path of a document; undefined where there is nothing. */
export function fieldAt(document: unknown, path: string): unknown {
  let here = document;
  for (const step of path.split('.')) {
    if (!isTree(here)) return undefined;
    const key = keyOf(here, step);
    here = Array.isArray(here) ? here[Number(key)] : here[key];
  }
  return here;
}

function unknownField(path: string, step: string, here: Tree, knobs: readonly string[]): UserError {
  const fields = Array.isArray(here) ? here.map((_, k) => String(k)) : Object.keys(here);
  const offer = knobs.length > 0 ? `a knob (${knobs.join(', ')}) or the path of a field` : 'the path of a field';
  return new UserError(`--set ${path}: there is no "${step}" among ${fields.join(', ')}; expected ${offer}`);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

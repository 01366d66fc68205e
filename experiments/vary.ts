import { UserError } from '../env/index.ts';

/** A knob, or a path of a field, and the values that it is to have. */
export interface Vary {
  readonly name: string;
  readonly values: readonly string[];
}

/** Values of what is varied, by name. */
export type Settings = Readonly<Record<string, string>>;

/** How many variants one comparison may have. */
const MOST_VARIANTS = 1000;

/**
 * Reads `name=value,value` or `name=1..6`.
 * @throws UserError where it is neither, or gives a value twice
 */
export function readVary(given: string): Vary {
  const at = given.indexOf('=');
  const name = given.slice(0, Math.max(0, at));
  const listed = given.slice(at + 1);
  const range = /^(-?\d+)\.\.(-?\d+)$/.exec(listed);
  const values = range ? wholeNumbers(Number(range[1]), Number(range[2])) : listed.split(',').map((value) => value.trim());
  if (at < 1 || values.length === 0 || values.includes('')) {
    throw new UserError(`--vary ${given}: expected name=value,value or name=first..last; for example --vary leadTime=1..4`);
  }
  const twice = values.find((value, k) => values.indexOf(value) !== k);
  if (twice !== undefined) throw new UserError(`--vary ${given}: ${twice} is given twice; expected each value once`);
  return { name, values };
}

function wholeNumbers(first: number, last: number): string[] {
  return Array.from({ length: Math.max(0, Math.min(MOST_VARIANTS + 1, last - first + 1)) }, (_, k) => String(first + k));
}

/**
 * Every combination of the values, the last name's running fastest.
 * @throws UserError where nothing is varied, one name twice, or there are far too many
 */
export function combinations(vary: readonly Vary[]): Settings[] {
  const names = vary.map(({ name }) => name);
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) throw new UserError(`--vary ${twice}: given twice; expected all its values in one --vary, separated by commas`);
  let all: Settings[] = vary.length > 0 ? [{}] : [];
  for (const { name, values } of vary) {
    all = all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
    if (all.length > MOST_VARIANTS)
      throw new UserError(`--vary: ${all.length} variants; expected at most ${MOST_VARIANTS}: give fewer values`);
  }
  if (all.length === 0) throw new UserError('--vary: nothing to vary; expected name=value,value, for example --vary leadTime=1,2,4');
  return all;
}

/** As they are given to `--set`. */
export function assignments(settings: Settings): string[] {
  return Object.entries(settings).map(([name, value]) => `${name}=${value}`);
}

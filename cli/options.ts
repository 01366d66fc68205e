import type { Options } from 'yargs';
import { UserError } from '../env/index.ts';

export const setOption = {
  type: 'string',
  array: true,
  requiresArg: true,
  default: [],
  describe: 'Override a knob or any field of the scenario, as path=value; arrays as a,b,c or JSON; repeatable',
  coerce: (given: string | readonly string[]): readonly string[] => [given].flat().map(readAssignment),
} as const satisfies Options;

export const policyOption = {
  type: 'string',
  array: true,
  requiresArg: true,
  default: [],
  describe: 'name (tuned for the scenario), name:key=value,key=value or run:ID; repeatable',
  coerce: (given: string | readonly string[]): readonly string[] => [given].flat(),
} as const satisfies Options;

export const varyOption = {
  ...policyOption,
  describe: 'name=value,value or name=1..6: the same policies with other values of a knob, on the same random numbers; repeatable: a grid',
} as const satisfies Options;

export const forceOption = {
  type: 'boolean',
  default: false,
  describe: 'Let the policy universal order for items outside its family too, as far as it can',
} as const satisfies Options;

/** Policy specifications with what `--force` says. */
export function withForce(specs: readonly string[], force: boolean): readonly string[] {
  return force ? specs.map((spec) => (spec === 'universal' ? 'universal:force=1' : spec)) : specs;
}

interface NumberSpec {
  readonly name: string;
  readonly describe: string;
  readonly least?: number;
  readonly most?: number;
}

export interface NumberOption<T> {
  readonly type: 'string';
  readonly requiresArg: true;
  readonly describe: string;
  readonly coerce: (given: unknown) => T;
}

/** An option that takes a whole number. Without a default it may be left out. */
export function wholeNumber(spec: NumberSpec & { readonly default: number }): NumberOption<number> & { readonly default: number };
export function wholeNumber(spec: NumberSpec): NumberOption<number>;
export function wholeNumber(spec: NumberSpec & { readonly default?: number }): NumberOption<number> {
  return numberOption(spec, { kind: 'whole number', holds: Number.isSafeInteger });
}

/** An option that takes a number and may be left out. */
export function realNumber(spec: NumberSpec): NumberOption<number> {
  return numberOption(spec, { kind: 'number', holds: Number.isFinite });
}

function numberOption(
  { name, describe, least = -Infinity, most = Infinity, ...preset }: NumberSpec & { readonly default?: number },
  { kind, holds }: { readonly kind: string; readonly holds: (value: number) => boolean },
): NumberOption<number> {
  const bounds = [least > -Infinity ? ` of at least ${least}` : '', most < Infinity ? ` of at most ${most}` : ''];
  const example = preset.default ?? Math.max(1, least);
  const coerce = (given: unknown): number => {
    const value = typeof given === 'string' && given.trim() === '' ? Number.NaN : Number(given);
    if (holds(value) && value >= least && value <= most) return value;
    throw new UserError(`--${name} ${given}: expected a ${kind}${bounds.filter(Boolean).join(' and')}; for example --${name} ${example}`);
  };
  return { type: 'string', requiresArg: true, describe, coerce, ...preset };
}

function readAssignment(given: string): string {
  if (/^[^=]+=/.test(given)) return given;
  throw new UserError(`--set ${given}: expected path=value; for example --set shortageCost=9`);
}

/** Options of commands that evaluate. */
export const evaluationOptions = {
  periods: wholeNumber({ name: 'periods', least: 1, describe: 'Periods that count, after the warm-up; 10,000 unless given' }),
  lanes: wholeNumber({ name: 'lanes', least: 1, describe: 'Independent copies, each with its own demand; 1,024 unless given' }),
  force: forceOption,
  set: setOption,
} satisfies Record<string, Options>;

/** Options of every command. */
export const commonOptions = {
  seed: wholeNumber({ name: 'seed', default: 0, least: 0, describe: 'Seed of everything drawn: the same seed prints the same numbers' }),
  json: { type: 'boolean', default: false, describe: 'Print exactly one JSON object on standard output' },
  debug: { type: 'boolean', default: false, describe: 'Show where an error came from' },
} satisfies Record<string, Options>;

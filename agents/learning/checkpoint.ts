import type { EnvironmentState } from '../../env/index.ts';
import { UserError } from '../../env/index.ts';
import type { Archive, ArchiveArray } from '../../neural/index.ts';

type Arrays = Readonly<Record<string, ArchiveArray>>;

/** Puts a prefix before every name. */
export function prefixed(prefix: string, arrays: Arrays): Record<string, ArchiveArray> {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${prefix}/${name}`, array]));
}

/** The arrays whose names begin with a prefix, without it. */
export function unprefixed(prefix: string, arrays: Arrays): Arrays {
  const ours = Object.entries(arrays).filter(([name]) => name.startsWith(`${prefix}/`));
  return Object.fromEntries(ours.map(([name, array]) => [name.slice(prefix.length + 1), array]));
}

/** The environment's state among a checkpoint's arrays. */
export function environmentState(arrays: Arrays): EnvironmentState {
  const state: Record<string, Float64Array | Int32Array> = {};
  for (const [name, array] of Object.entries(arrays)) {
    if (name.startsWith('environment/') && (array instanceof Float64Array || array instanceof Int32Array))
      state[name.slice('environment/'.length)] = array;
  }
  return state;
}

/** Copies a checkpoint's array into one of the same type and length. @throws UserError where it is missing or of another size. */
export function restoreInto(target: ArchiveArray, arrays: Arrays, name: string): void {
  const saved = arrays[name];
  if (saved === undefined || saved.constructor !== target.constructor || saved.length !== target.length) {
    throw new UserError(
      `The checkpoint's "${name}" has ${saved?.length ?? 'no'} numbers, expected ${target.length}: it belongs to another network or environment.`,
    );
  }
  target.set(saved);
}

/** A checkpoint's array of doubles. @throws UserError where it is missing. */
export function savedNumbers(arrays: Arrays, name: string): Float64Array {
  const saved = arrays[name];
  if (!(saved instanceof Float64Array)) throw new UserError(`The checkpoint lacks "${name}": it is of another kind or version.`);
  return saved;
}

/** A number among a checkpoint's data. @throws UserError where it is missing. */
export function savedNumber({ data }: Archive, name: string): number {
  const value = data[name];
  if (typeof value !== 'number') throw new UserError(`The checkpoint lacks "${name}": it is of another kind or version.`);
  return value;
}

/** @throws UserError for a checkpoint of another agent. */
export function checkKind({ kind }: Archive, expected: string): void {
  if (kind !== expected) throw new UserError(`This is a checkpoint of "${kind}", expected one of "${expected}".`);
}

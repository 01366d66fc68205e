import { itemValue, laneValues, type PerItem, type PerLane } from './per-lane.ts';
import { UserError } from './user-error.ts';

export interface NumberRules {
  /** The field, for messages. */
  readonly path: string;
  /** [lane] the lane of the scenario that each stands for. */
  readonly represents: Int32Array;
  /** Default 0. */
  readonly least?: number;
  /** Default: any. */
  readonly most?: number;
  /** Whole numbers only. */
  readonly whole?: boolean;
  /** Said after "expected": default a number within the bounds. */
  readonly expected?: string;
}

/**
 * A field's value for each lane.
 * @throws UserError naming the field, its value and what was expected
 */
export function readNumbers(value: PerLane, rules: NumberRules): Float64Array {
  const { least = 0, most = Number.POSITIVE_INFINITY, whole = false, path } = rules;
  const values = laneValues(value, rules.represents);
  for (const number of values) {
    const fits = Number.isFinite(number) && number >= least && number <= most;
    if (!fits || (whole && !Number.isInteger(number)))
      throw new UserError(`${path}: ${number}; expected ${rules.expected ?? bounds(least, most)}`);
  }
  return values;
}

/** The same for a field that may differ by item. */
export function readItemNumbers(value: PerItem, { item, ...rules }: NumberRules & { readonly item: string }): Float64Array {
  const own = itemValue(value, item);
  if (own === undefined) throw new UserError(`${rules.path}: no value for the item "${item}"; give every item one`);
  return readNumbers(own, rules);
}

function bounds(least: number, most: number): string {
  return most === Number.POSITIVE_INFINITY ? `a number of ${least} or more` : `a number from ${least} to ${most}`;
}

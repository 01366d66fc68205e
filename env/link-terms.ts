import type { PerLane } from './per-lane.ts';
import { readNumbers } from './read-numbers.ts';
import type { Disruptions, PriceBreak, RandomYield } from './supply-spec.ts';
import { UserError } from './user-error.ts';

interface Field {
  readonly path: string;
  readonly represents: Int32Array;
}

/** Prices by quantity, [step][lane], `from` ascending. */
export interface PriceSteps {
  /** [units] */
  readonly from: readonly Float64Array[];
  /** [money/unit] */
  readonly cost: readonly Float64Array[];
}

export function compilePriceBreaks(breaks: readonly PriceBreak[] | undefined, { path, represents }: Field): PriceSteps | null {
  if (breaks === undefined || breaks.length === 0) return null;
  const read = (field: 'from' | 'cost') => breaks.map((step, k) => readNumbers(step[field], { path: `${path}.${k}.${field}`, represents }));
  const from = read('from');
  from.slice(1).forEach((next, k) => {
    const lane = next.findIndex((quantity, i) => !(quantity > from[k][i]));
    if (lane >= 0) throw new UserError(`${path}.${k + 1}.from: ${next[lane]}; expected more than the ${from[k][lane]} of the break before`);
  });
  return { from, cost: read('cost') };
}

export interface YieldRule {
  readonly kind: RandomYield['kind'];
  /** [lane] */
  readonly mean: Float64Array;
}

export function compileYield(spec: RandomYield | undefined, { path, represents }: Field): YieldRule | null {
  return spec === undefined ? null : { kind: spec.kind, mean: readNumbers(spec.mean, { path, represents, most: 1 }) };
}

/** When a link is down: a chain with probabilities [lane], or given periods. */
export type LinkDisruptions =
  | { readonly kind: 'markov'; readonly fail: Float64Array; readonly recover: Float64Array }
  | { readonly kind: 'listed'; readonly periods: ReadonlySet<number> };

export function compileDisruptions(spec: Disruptions | undefined, { path, represents }: Field): LinkDisruptions | null {
  if (spec === undefined) return null;
  if (spec.kind === 'listed') {
    const expected = 'a whole number of periods from the start, 0 or more';
    const periods = spec.periods.map(
      (period, k) => readNumbers(period, { path: `${path}.periods.${k}`, represents: FIRST, whole: true, expected })[0],
    );
    return { kind: 'listed', periods: new Set(periods) };
  }
  const read = (value: PerLane, field: string) => readNumbers(value, { path: `${path}.${field}`, represents, most: 1 });
  return { kind: 'markov', fail: read(spec.fail, 'fail'), recover: read(spec.recover, 'recover') };
}

const FIRST = Int32Array.of(0);

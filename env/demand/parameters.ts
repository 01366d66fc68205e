import { laneValue, type PerLane } from '../per-lane.ts';
import { UserError } from '../user-error.ts';
import type { LaneDistribution } from './lane-distribution.ts';
import type { Distribution } from './spec.ts';

/** What a distribution takes under a name, and what values may be. */
export interface ParameterRule {
  readonly type: 'number' | 'numbers' | 'flag' | 'distribution';
  readonly help: string;
  readonly optional?: boolean;
  /** Bounds of a number, both allowed. */
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

export type ParameterRules = Readonly<Record<string, ParameterRule>>;

export interface ReadOptions {
  readonly rules: ParameterRules;
  /** The lane of the scenario whose numbers are read. */
  readonly lane: number;
  /** Path of the distribution in its scenario, for messages. */
  readonly path: string;
  /** Reads a distribution that is a parameter of another. */
  readonly readInner: (distribution: Distribution, path: string) => LaneDistribution;
}

/** The parameters of a distribution for one lane, each checked against its rule when it is read. */
export class LaneParameters {
  readonly path: string;
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #options: ReadOptions;

  /** @throws UserError on a parameter that the distribution does not take */
  constructor(distribution: { readonly name: string }, options: ReadOptions) {
    this.path = options.path;
    this.#options = options;
    this.#values = new Map(Object.entries(distribution).filter(([name, value]) => name !== 'name' && value !== undefined));
    for (const name of this.#values.keys()) {
      if (name in options.rules) continue;
      const expected = Object.keys(options.rules).join(', ');
      throw new UserError(
        `${this.path}.${name}: the distribution ${distribution.name} has no such parameter; expected ${expected}: leave it out`,
      );
    }
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  number(name: string): number {
    const value = this.#values.get(name);
    if (!isPerLane(value)) throw this.#missing(name, value);
    return this.#checked(name, laneValue(value, this.#options.lane));
  }

  numbers(name: string): number[] {
    const value = this.#values.get(name);
    if (!Array.isArray(value) || value.length === 0) throw this.#missing(name, value);
    return value.map((entry: unknown, k) => {
      const path = `${name}.${k}`;
      if (!isPerLane(entry)) throw this.#missing(path, entry, name);
      return this.#checked(path, laneValue(entry, this.#options.lane), name);
    });
  }

  flag(name: string): boolean {
    return this.#values.get(name) === true;
  }

  inner(name: string): LaneDistribution {
    const value = this.#values.get(name);
    if (!isDistributionLike(value)) throw this.#missing(name, value);
    return this.#options.readInner(value, `${this.path}.${name}`);
  }

  /** A complaint about the value of a parameter. */
  complaint(name: string, value: unknown, expected: string): UserError {
    return new UserError(`${this.path}.${name}: ${describe(value)}; expected ${expected}`);
  }

  #checked(name: string, value: number, ruleName = name): number {
    const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, whole = false } = this.#options.rules[ruleName];
    const fits = Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!fits) throw this.complaint(name, value, expectation(this.#options.rules[ruleName]));
    return value;
  }

  #missing(name: string, value: unknown, ruleName = name): UserError {
    const rule = this.#options.rules[ruleName];
    return this.complaint(name, value, `${expectation(rule)}: ${rule.help}`);
  }
}

/** What a rule allows, in words. */
export function expectation({ type, least, most, whole }: ParameterRule): string {
  if (type === 'flag') return 'true or false';
  if (type === 'distribution') return 'a distribution by its name and parameters';
  const thing = `${type === 'numbers' ? 'a list of ' : 'a '}${whole ? 'whole number' : 'number'}${type === 'numbers' ? 's' : ''}`;
  if (least !== undefined && most !== undefined) return `${thing} from ${least} to ${most}`;
  return least === undefined ? thing : `${thing} of ${least} or more`;
}

/** The numbers of one lane as text: equal for lanes that can share a table. */
export function parameterKey(distribution: Distribution, lane: number, rulesOf: (distribution: Distribution) => ParameterRules): string {
  const rules = rulesOf(distribution);
  return Object.entries(distribution)
    .map(([name, value]) => {
      const type = name in rules ? rules[name].type : undefined;
      if (type === 'number' && isPerLane(value)) return `${name}=${laneValue(value, lane)}`;
      if (type === 'numbers' && Array.isArray(value))
        return `${name}=${value.map((entry) => (isPerLane(entry) ? laneValue(entry, lane) : ''))}`;
      if (type === 'distribution' && isDistributionLike(value)) return `${name}=(${parameterKey(value, lane, rulesOf)})`;
      return `${name}=${value}`;
    })
    .join(' ');
}

function describe(value: unknown): string {
  return value === undefined ? 'not given' : typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
}

function isPerLane(value: unknown): value is PerLane {
  return typeof value === 'number' || (isArrayLike(value) && value.length > 0);
}

function isArrayLike(value: unknown): value is ArrayLike<number> {
  return typeof value === 'object' && value !== null && 'length' in value && typeof value.length === 'number';
}

function isDistributionLike(value: unknown): value is Distribution {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

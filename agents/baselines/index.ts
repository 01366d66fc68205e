import { type PerLane, UserError } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import { baseStockFamily } from './base-stock.ts';
import { cappedBaseStockFamily } from './capped-base-stock.ts';
import { constantFamily } from './constant.ts';
import type { BaselineFamily } from './family.ts';
import { forecastFamily } from './forecast.ts';
import { myopicFamily } from './myopic.ts';
import { rQFamily } from './r-Q.ts';
import { snQFamily } from './s-nQ.ts';
import { sSFamily } from './s-S.ts';

export { baseStock } from './base-stock.ts';
export { cappedBaseStock } from './capped-base-stock.ts';
export { constantOrder } from './constant.ts';
export type { BaselineFamily, BaselineParameter, ItemNumbers, ParameterSearch, SearchAxis } from './family.ts';
export { forecastBaseStock } from './forecast.ts';
export { myopic } from './myopic.ts';
export { rQ } from './r-Q.ts';
export { snQ } from './s-nQ.ts';
export { sS } from './s-S.ts';
export { inventoryPosition } from './single-source.ts';

/** Every classic policy by name. */
export const baselines: Readonly<Record<string, BaselineFamily>> = Object.fromEntries(
  [baseStockFamily, sSFamily, cappedBaseStockFamily, constantFamily, rQFamily, snQFamily, myopicFamily, forecastFamily].map((family) => [
    family.name,
    family,
  ]),
);

/**
 * A family by its name.
 * @throws UserError that lists the names there are
 */
export function baselineFamily(name: string): BaselineFamily {
  if (Object.hasOwn(baselines, name)) return baselines[name];
  throw new UserError(`there is no policy "${name}"; expected one of ${Object.keys(baselines).join(', ')}`);
}

/**
 * A policy with given parameters.
 * @throws UserError on an unknown or missing parameter, or one that is not a number
 */
export function buildBaseline(name: string, parameters: Readonly<Record<string, PerLane>>): Policy {
  const family = baselineFamily(name);
  const wanted = family.parameters.map((parameter) => parameter.name);
  for (const given of Object.keys(parameters)) {
    if (!wanted.includes(given))
      throw new UserError(`policy "${name}" has no parameter "${given}"; it takes ${wanted.join(' and ') || 'none'}`);
  }
  for (const key of wanted) {
    const value = parameters[key];
    if (value === undefined)
      throw new UserError(`policy "${name}" needs the parameter "${key}": write ${name}:${wanted.map((w) => `${w}=...`).join(',')}`);
    const numbers = typeof value === 'number' ? [value] : Array.from(value);
    const wrong = numbers.find((number) => !Number.isFinite(number));
    if (wrong !== undefined) throw new UserError(`policy "${name}": ${key}=${wrong}; expected a number`);
  }
  return family.build(parameters);
}

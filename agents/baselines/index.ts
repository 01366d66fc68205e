import { type PerLane, UserError } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import { balancedBaseStockFamily } from './balanced-base-stock.ts';
import { baseStockFamily } from './base-stock.ts';
import { cappedBaseStockFamily } from './capped-base-stock.ts';
import { constantFamily } from './constant.ts';
import { cappedDualIndexFamily, dualIndexFamily } from './dual-index.ts';
import { echelonBaseStockFamily } from './echelon-base-stock.ts';
import type { BaselineFamily } from './family.ts';
import { echelonForecastFamily, forecastFamily } from './forecast.ts';
import { forecastDualIndexFamily } from './forecast-dual-index.ts';
import { echelonForecastSSFamily, forecastSSFamily } from './forecast-s-S.ts';
import { myopicFamily } from './myopic.ts';
import { myopic2Family } from './myopic-2.ts';
import { foldedParameters } from './node-parameter.ts';
import { rQFamily } from './r-Q.ts';
import { snQFamily } from './s-nQ.ts';
import { sSFamily } from './s-S.ts';
import { sharedBaseStockFamily } from './shared-base-stock.ts';
import { singleIndexFamily } from './single-index.ts';
import { stermanFamily } from './sterman.ts';
import { tailoredBaseSurgeFamily } from './tailored-base-surge.ts';

export { balancedBaseStock } from './balanced-base-stock.ts';
export { baseStock } from './base-stock.ts';
export { cappedBaseStock } from './capped-base-stock.ts';
export { constantOrder } from './constant.ts';
export { facingDemand, suppliedNodes } from './downstream.ts';
export { type DualIndexOptions, dualIndex } from './dual-index.ts';
export { echelonBaseStock } from './echelon-base-stock.ts';
export type { BaselineFamily, BaselineParameter, EquivalentStart, ItemNumbers, ParameterSearch, SearchAxis } from './family.ts';
export { type ForecastBaseStockOptions, forecastBaseStock } from './forecast.ts';
export { type ForecastDualIndexOptions, forecastDualIndex } from './forecast-dual-index.ts';
export { type ForecastSSOptions, forecastSS } from './forecast-s-S.ts';
export { myopic } from './myopic.ts';
export { myopic2 } from './myopic-2.ts';
export { flatParameters, foldedParameters, type PerNode } from './node-parameter.ts';
export { rQ } from './r-Q.ts';
export { snQ } from './s-nQ.ts';
export { sS } from './s-S.ts';
export { sharedBaseStock } from './shared-base-stock.ts';
export { singleIndex } from './single-index.ts';
export { inventoryPosition } from './single-source.ts';
export { type StermanOptions, sterman } from './sterman.ts';
export { tailoredBaseSurge } from './tailored-base-surge.ts';

const families: readonly BaselineFamily[] = [
  baseStockFamily,
  sSFamily,
  cappedBaseStockFamily,
  constantFamily,
  rQFamily,
  snQFamily,
  myopicFamily,
  myopic2Family,
  forecastFamily,
  forecastSSFamily,
  echelonBaseStockFamily,
  echelonForecastFamily,
  echelonForecastSSFamily,
  sharedBaseStockFamily,
  singleIndexFamily,
  dualIndexFamily,
  cappedDualIndexFamily,
  forecastDualIndexFamily,
  tailoredBaseSurgeFamily,
  balancedBaseStockFamily,
  stermanFamily,
];

/** Every classic policy by name. */
export const baselines: Readonly<Record<string, BaselineFamily>> = Object.fromEntries(families.map((family) => [family.name, family]));

/**
 * A family by its name.
 * @throws UserError that lists the names there are
 */
export function baselineFamily(name: string): BaselineFamily {
  if (Object.hasOwn(baselines, name)) return baselines[name];
  throw new UserError(`there is no policy "${name}"; expected one of ${Object.keys(baselines).join(', ')}`);
}

/**
 * A policy with given parameters, one of a single stock point as `name.id`.
 * @throws UserError on an unknown or missing parameter, or one that is not a number
 */
export function buildBaseline(name: string, parameters: Readonly<Record<string, PerLane>>): Policy {
  const family = baselineFamily(name);
  const wanted = family.parameters.map((parameter) => parameter.name);
  const folded = foldedParameters(parameters);
  for (const given of Object.keys(folded)) {
    if (!wanted.includes(given))
      throw new UserError(`policy "${name}" has no parameter "${given}"; it takes ${wanted.join(' and ') || 'none'}`);
  }
  for (const key of wanted) {
    if (folded[key] === undefined)
      throw new UserError(`policy "${name}" needs the parameter "${key}": write ${name}:${wanted.map((w) => `${w}=...`).join(',')}`);
  }
  for (const [key, value] of Object.entries(parameters)) {
    const numbers = typeof value === 'number' ? [value] : Array.from(value);
    const wrong = numbers.find((number) => !Number.isFinite(number));
    if (wrong !== undefined) throw new UserError(`policy "${name}": ${key}=${wrong}; expected a number`);
  }
  return family.build(folded);
}

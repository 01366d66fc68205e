import { type Distribution, readDistribution, UserError } from '../env/index.ts';

/**
 * A distribution as it is written down, { distribution: name, ...parameters }, as the simulator takes it.
 * @throws UserError naming the parameter, its value and what was expected
 */
export function toDistribution(form: Readonly<Record<string, unknown>>, path: string): Distribution {
  const { distribution: name, ...parameters } = form;
  if (typeof name !== 'string') throw new UserError(`${path}.distribution: ${JSON.stringify(name)}; expected the name of a distribution`);
  const read = Object.entries(parameters).map(([key, value]) => [key, isForm(value) ? toDistribution(value, `${path}.${key}`) : value]);
  return readDistribution(name, Object.fromEntries(read), path);
}

function isForm(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'distribution' in value;
}

import { type DemandProcessSpec, type Distribution, isDiscrete, type PerLane, type Scenario } from '../../env/index.ts';

/** Can demand be a fraction of a unit? */
export function comesInFractions({ demand }: Scenario): boolean {
  return demand.some(({ process }) => isFractional(process));
}

function isFractional(process: DemandProcessSpec): boolean {
  switch (process.kind) {
    case 'stationary':
      return hasFractions(process.distribution);
    case 'markov':
      return process.states.some(hasFractions);
    case 'list':
      return !process.values.every(isWhole);
    case 'replay':
      return !process.values.every(Number.isInteger);
    case 'seasonal':
    case 'trend':
    case 'events':
      return isFractional(process.base);
    default:
      return false;
  }
}

const hasFractions = (distribution: Distribution) => !isDiscrete(distribution);

function isWhole(value: PerLane): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : Array.from(value).every(Number.isInteger);
}

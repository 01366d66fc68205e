import { shippedUniversalNetwork, type UniversalNetwork } from '../../agents/index.ts';
import { loadRunNetwork } from '../../experiments/index.ts';

/** What is measured: the network that ships for a family, or that of a run. */
export function measuredNetwork({
  family,
  run,
}: {
  readonly family: string;
  readonly run?: string;
}): Promise<UniversalNetwork> | UniversalNetwork {
  return run === undefined ? shippedUniversalNetwork(family) : loadRunNetwork(run);
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeArchive } from '../../neural/index.ts';
import { restoreUniversalNetwork, type UniversalNetwork } from './universal-network.ts';

const FILE = new URL('./lost-sales.bin', import.meta.url);

/** The network that ships with the product, for lost sales. */
export function shippedUniversalNetwork(): UniversalNetwork {
  const name = fileURLToPath(FILE);
  return restoreUniversalNetwork(decodeArchive(readFileSync(name), { name }));
}

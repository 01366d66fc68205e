import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeArchive } from '../../neural/index.ts';
import { restoreUniversalNetwork } from './universal-archive.ts';
import type { UniversalNetwork } from './universal-network.ts';

/** Families whose networks ship with the product: those for the items that are most told of first. */
export const shippedFamilies: readonly string[] = ['lost-sales', 'lost-sales-fixed-cost', 'backlog', 'random-lead-time', 'moving-demand'];

/** The networks that ship with the product, one for each family. */
export function shippedUniversalNetworks(): UniversalNetwork[] {
  return shippedFamilies.map(shippedUniversalNetwork);
}

/** The network that ships for a family. */
export function shippedUniversalNetwork(family: string): UniversalNetwork {
  const name = fileURLToPath(new URL(`./networks/${family}.bin`, import.meta.url));
  return restoreUniversalNetwork(decodeArchive(readFileSync(name), { name }));
}

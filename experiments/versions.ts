import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

const NAMED = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@xenova/transformers', 'seedrandom'];

const manifest = z.object({ version: z.string() });

/** Versions that a run's numbers depend on. */
export function productVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const installed = NAMED.map((name) => [name, versionIn(require.resolve.paths(name) ?? [], name)]);
  return { node: process.versions.node, ...Object.fromEntries(installed) };
}

/** From the file itself: a package need not let its manifest be imported. */
function versionIn(folders: readonly string[], name: string): string {
  const file = folders.map((folder) => join(folder, name, 'package.json')).find(existsSync);
  return file === undefined ? 'not found' : manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

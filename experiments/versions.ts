import { createRequire } from 'node:module';

const NAMED = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@xenova/transformers', 'seedrandom'];

/** Versions that a run's numbers depend on. */
export function productVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versions: Record<string, string> = { node: process.versions.node };
  for (const name of NAMED) {
    try {
      const { version } = require(`${name}/package.json`);
      versions[name] = String(version);
    } catch {
      versions[name] = 'not found';
    }
  }
  return versions;
}

import { existsSync, readFileSync } from 'node:fs';

/** The version in package.json, which lies one folder up from the sources and two up from the built package. */
export function packageVersion(): string {
  const candidates = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url));
  const file = candidates.find((path) => existsSync(path));
  if (file === undefined) throw new Error('package.json is missing beside the program');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return version;
}

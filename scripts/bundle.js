// @ts-check
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist } from './compile.js';

/**
 * Libraries on the way of every start that consist of many small files: read as one file, `scenarios list` starts in half the time. Everything else
 * is imported from node_modules when it is needed.
 */
const inlined = /^(yargs|zod|yaml|seedrandom|csv-parse|cli-table3|cli-progress|@stdlib\/[^/]+)(\/|$)/;
const bundles = join(dist, 'start');
/** [ms] for which a bundle of older sources is kept: a command that was started from it may still load its parts. */
const KEPT = 24 * 3600 * 1000;

/**
 * The compiled command bundled into a few files. A bundle lies in a folder named after the sources that it was made from, so it is never stale.
 * @param {string} signature of the sources
 * @returns {Promise<string>} path of its entry
 */
export async function bundle(signature) {
  const folder = join(bundles, signature);
  const entry = join(folder, 'bin.js');
  if (existsSync(entry)) return entry;
  const { build } = await import('esbuild');
  const beside = `${folder}.${process.pid}`;
  await build({
    entryPoints: [join(dist, 'cli', 'bin.js')],
    outdir: beside,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: "import { createRequire as $requireFrom } from 'node:module'; const require = $requireFrom(import.meta.url);" },
    plugins: [libraries, places],
    logLevel: 'error',
  });
  removeOld();
  try {
    renameSync(beside, folder);
  } catch (error) {
    // Another process was first.
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(entry)) throw error;
  }
  return entry;
}

/** @type {import('esbuild').Plugin} */
const libraries = {
  name: 'libraries',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, importer }) =>
      importer.includes('node_modules') || inlined.test(path) ? undefined : { path, external: true },
    );
  },
};

/** A bundled module still finds the files beside it. @type {import('esbuild').Plugin} */
const places = {
  name: 'places',
  setup(build) {
    build.onLoad({ filter: /\.m?js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8');
      return { contents: contents.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'js' };
    });
  },
};

function removeOld() {
  if (!existsSync(bundles)) return;
  for (const name of readdirSync(bundles)) {
    const folder = join(bundles, name);
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - made > KEPT) rmSync(folder, { recursive: true, force: true });
  }
}

// @ts-check
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const dist = join(root, 'dist');

/** What ships: the floors of the house and the package's entry point. */
const shipped = ['index.ts', 'env', 'neural', 'forecasting', 'agents', 'scenarios', 'experiments', 'decisions', 'dashboard', 'cli'];
/** The page is built by vite, not file by file. */
const page = join('dashboard', 'web');

/**
 * Brings dist/ in step with the sources, file by file: TypeScript loses its types, everything else is copied beside it. An output carries its
 * source's modification time, so that a start with nothing to do costs only the look. Files are renamed into place: processes that start at
 * the same time do not disturb each other.
 * @returns {Promise<string>} a signature of the sources: another one as soon as any of them changes
 */
export async function compile() {
  const sources = shipped.flatMap((part) => files(join(root, part))).map((path) => relative(root, path));
  const stale = sources.filter((path) => modified(outputOf(path)) !== modified(join(root, path)));
  removeOrphans(new Set(sources.map(outputOf)));
  for (const path of stale) if (!path.endsWith('.ts')) copy(path);
  const modules = stale.filter((path) => path.endsWith('.ts'));
  if (modules.length > 0) await stripTypes(modules);
  const stamps = sources.map((path) => `${path} ${modified(join(root, path))}`);
  return createHash('sha1')
    .update([root, ...stamps].join('\n'))
    .digest('hex')
    .slice(0, 12);
}

/** @param {string[]} modules */
async function stripTypes(modules) {
  const { build } = await import('esbuild');
  const times = new Map(modules.map((path) => [outputOf(path), modified(join(root, path))]));
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: modules,
    outdir: dist,
    outbase: root,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    bundle: true,
    packages: 'external',
    plugins: [keepImports],
    write: false,
    logLevel: 'error',
  });
  for (const { path, contents } of outputFiles) place(path, times.get(path) ?? 0, (beside) => writeFileSync(beside, contents));
}

/** Leaves every relative import standing as an import of the compiled file. @type {import('esbuild').Plugin} */
const keepImports = {
  name: 'keep-imports',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/\.ts$/, '.js'), external: true },
    );
  },
};

/** @param {string} path */
function copy(path) {
  const source = join(root, path);
  place(outputOf(path), modified(source), (beside) => copyFileSync(source, beside));
}

/** Writes a file beside its place and renames it. @param {string} output @param {number} time @param {(beside: string) => void} write */
function place(output, time, write) {
  const beside = `${output}.${process.pid}`;
  mkdirSync(dirname(output), { recursive: true });
  write(beside);
  utimesSync(beside, time, time);
  renameSync(beside, output);
}

/** A preset or a module that is gone must not live on in dist/. @param {Set<string>} outputs */
function removeOrphans(outputs) {
  for (const part of shipped) {
    for (const path of files(join(dist, part))) {
      const owner = path.endsWith('.d.ts') ? path.replace(/\.d\.ts$/, '.js') : path;
      if (!outputs.has(owner) && !/\.\d+$/.test(path)) rmSync(path, { force: true });
    }
  }
}

/** @param {string} path relative to the root */
function outputOf(path) {
  return join(dist, path.replace(/\.ts$/, '.js'));
}

/** Time of the last change [s], to the millisecond; 0 where there is no such file. @param {string} path */
function modified(path) {
  const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return time === undefined ? 0 : Math.round(time) / 1000;
}

/** @param {string} path @returns {string[]} */
function files(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined || path.endsWith(page)) return [];
  if (!entry.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((child) =>
    child.isDirectory() ? files(join(path, child.name)) : [join(path, child.name)],
  );
}

/** Is the page older than its sources, or not there? */
export function pageIsStale() {
  const source = join(root, page);
  if (!existsSync(join(source, 'index.html'))) return false;
  const built = modified(join(dist, page, 'index.html'));
  const shared = [join(root, 'dashboard', 'protocol.ts'), ...pageFiles(join(root, 'dashboard', 'protocol'))];
  const newest = [...pageFiles(source), ...shared].map(modified);
  return newest.some((time) => time > built);
}

/** @param {string} path @returns {string[]} */
function pageFiles(path) {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name));
}

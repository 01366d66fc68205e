import { describe, expect, test } from 'vitest';
import { type Module, modules, staticReach } from './source-graph.ts';

/** Floors from the ground up; a folder may import from those below its own floor. agents and forecasting share one. */
const floors = [['env'], ['neural'], ['agents', 'forecasting'], ['scenarios'], ['experiments'], ['decisions'], ['dashboard'], ['cli']];
const product = floors.flat();
const page = 'dashboard/web';

const sources = modules([...product, 'bench', 'test', 'scripts', 'index.ts']);
const productSources = sources.filter(({ folder }) => product.includes(folder) || folder === '');

function floorOf(folder: string): number {
  return floors.findIndex((floor) => floor.includes(folder));
}

/** Imports that cross from one folder of the house to another, as `file -> file`. */
function crossings(of: readonly Module[]): { from: Module; to: string; folder: string; line: string }[] {
  return of.flatMap((from) =>
    from.imports
      .filter(({ file }) => file !== undefined)
      .map(({ file }) => ({ from, to: file as string, folder: folderOf(file as string), line: `${from.file} -> ${file}` }))
      .filter(({ folder }) => folder !== from.folder),
  );
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}

/** Takes a tenth of a second or more to load. */
function isHeavy(library: string): boolean {
  return /^(@tensorflow|@xenova|@huggingface|onnxruntime|vite|esbuild|playwright|@duckdb|@observablehq|linkedom)/.test(library);
}

describe('the house', () => {
  test('every floor of the product has sources, so that the rules below are about something', () => {
    const empty = ['env', 'neural', 'agents', 'forecasting', 'scenarios', 'experiments', 'dashboard', 'cli'].filter(
      (floor) => !sources.some(({ folder }) => folder === floor),
    );
    expect(empty).toEqual([]);
  });

  test('a floor imports only from the floors below it', () => {
    const upward = crossings(sources.filter(({ folder }) => product.includes(folder)))
      .filter(({ from, folder }) => floorOf(folder) < 0 || floorOf(folder) >= floorOf(from.folder))
      .map(({ line }) => line);
    expect(upward).toEqual([]);
  });

  test('another folder is entered through its index.ts only', () => {
    const inner = crossings(productSources)
      .filter(({ from }) => !from.file.startsWith(page))
      .filter(({ to, folder }) => to !== `${folder}/index.ts`)
      .map(({ line }) => line);
    expect(inner).toEqual([]);
  });

  test('the page and the server share dashboard/protocol.ts and nothing else', () => {
    const others = sources
      .filter(({ file }) => file.startsWith(page))
      .flatMap(({ file: importer, imports }) => imports.map((imported) => ({ importer, ...imported })))
      .filter((imported) => imported.file !== undefined && !imported.file.startsWith(page))
      .filter((imported) => imported.file !== 'dashboard/protocol.ts')
      .map((imported) => `${imported.importer} -> ${imported.file}`);
    expect(others).toEqual([]);
  });

  test('imports name files that exist', () => {
    const missing = sources.flatMap(({ file, imports }) =>
      imports.filter(({ exists }) => !exists).map(({ specifier }) => `${file} -> ${specifier}`),
    );
    expect(missing).toEqual([]);
  });

  test('no file of the product imports itself over other files', () => {
    const cyclic = productSources
      .filter(({ file }) => staticReach(sources, file, { skipTypes: true }).files.has(file))
      .map(({ file }) => file);
    expect(cyclic).toEqual([]);
  });

  test('env runs on nothing but its generator and special functions', () => {
    const allowed = /^(seedrandom$|@stdlib\/)/;
    const libraries = sources
      .filter(({ folder }) => folder === 'env')
      .flatMap(({ file, imports }) =>
        imports.filter(({ file: inner }) => inner === undefined).map(({ specifier }) => `${file} -> ${specifier}`),
      )
      .filter((line) => !allowed.test(line.split(' -> ')[1]));
    expect(libraries).toEqual([]);
  });

  test('a command that needs no tensor loads none: scenarios, experiments and dashboard import them where they are used', () => {
    const faces = ['scenarios/index.ts', 'experiments/index.ts', 'dashboard/index.ts'];
    const heavy = faces.flatMap((face) => [...staticReach(sources, face, { skipTypes: true }).libraries].filter(isHeavy));
    expect(heavy).toEqual([]);
  });

  test('the command line starts without a tensor, a model or a bundler being loaded', () => {
    const heavy = [...staticReach(sources, 'cli/bin.ts', { skipTypes: true }).libraries].filter(isHeavy);
    expect(heavy).toEqual([]);
  });
});

describe('the manner of the code', () => {
  test('nothing in the product draws from Math.random', () => {
    expect(productSources.filter(({ code }) => /Math\s*\.\s*random/.test(code)).map(({ file }) => file)).toEqual([]);
  });

  test('exports are named', () => {
    const configurations = /(^|\/)vite\.config\.ts$/;
    expect(sources.filter(({ defaultExport, file }) => defaultExport && !configurations.test(file)).map(({ file }) => file)).toEqual([]);
  });

  test('no file is called utils, helpers or misc', () => {
    expect(sources.filter(({ file }) => /(^|\/)(utils?|helpers?|misc|common)\.tsx?$/.test(file)).map(({ file }) => file)).toEqual([]);
  });
});

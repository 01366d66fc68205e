import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface Import {
  readonly specifier: string;
  /** Path from the root; undefined for a library. */
  readonly file: string | undefined;
  readonly exists: boolean;
  readonly typeOnly: boolean;
  /** `import(...)`: loaded when it is reached. */
  readonly dynamic: boolean;
}

export interface Module {
  /** Path from the root. */
  readonly file: string;
  /** First folder of the path, or '' at the root. */
  readonly folder: string;
  /** Source with its comments blanked. */
  readonly code: string;
  readonly imports: readonly Import[];
  readonly defaultExport: boolean;
}

/** Every TypeScript file under the given folders, read and parsed. */
export function modules(parts: readonly string[]): Module[] {
  return parts.flatMap((part) => files(join(root, part))).map(read);
}

/** Everything that a file loads when it is imported, itself only where it comes round again. */
export function staticReach(
  all: readonly Module[],
  start: string,
  { skipTypes }: { readonly skipTypes: boolean },
): { readonly files: Set<string>; readonly libraries: Set<string> } {
  const byFile = new Map(all.map((module) => [module.file, module]));
  const reached = { files: new Set<string>(), libraries: new Set<string>() };
  const waiting = [start];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const { specifier, file: next, typeOnly, dynamic } of byFile.get(file)?.imports ?? []) {
      if (dynamic || (typeOnly && skipTypes)) continue;
      if (next === undefined) reached.libraries.add(specifier);
      else if (!reached.files.has(next)) {
        reached.files.add(next);
        waiting.push(next);
      }
    }
  }
  return reached;
}

function read(path: string): Module {
  const source = readFileSync(path, 'utf8');
  const { module, errors, comments } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const file = relative(root, path);
  const known = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
      dynamic: false,
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType, dynamic: false }] : [],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const literal = /^(['"])(.*)\1$/.exec(source.slice(start, end));
      return literal === null ? [] : [{ specifier: literal[2], typeOnly: false, dynamic: true }];
    }),
  ];
  return {
    file,
    folder: file.includes('/') ? file.slice(0, file.indexOf('/')) : '',
    code: blank(source, comments),
    imports: known.map((one) => ({ ...one, ...resolve(path, one.specifier) })),
    defaultExport: module.staticExports.some(({ entries }) => entries.some(({ exportName }) => exportName.kind === 'Default')),
  };
}

function resolve(importer: string, specifier: string): { file: string | undefined; exists: boolean } {
  if (!specifier.startsWith('.')) return { file: undefined, exists: true };
  const target = join(dirname(importer), specifier.replace(/\?.*$/, ''));
  return { file: relative(root, target), exists: existsSync(target) || specifier.includes('/dist/') };
}

function blank(source: string, comments: readonly { readonly start: number; readonly end: number }[]): string {
  let code = '';
  let from = 0;
  for (const { start, end } of comments) {
    code += `${source.slice(from, start)} `;
    from = end;
  }
  return code + source.slice(from);
}

function files(path: string): string[] {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return [];
  if (!entry.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts') && !name.includes('node_modules'))
    .map((name) => join(path, name));
}

import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './compile.js';

const execute = promisify(execFile);

/**
 * Installs the packed package into an empty folder, as its user would, and uses it: the command, a program that imports it, and the
 * program's types.
 */
export async function checkPackage(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'replenish-package-'));
  try {
    await npm(['pack', '--ignore-scripts', '--pack-destination', folder], root);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    if (tarball === undefined) throw new Error('npm pack made no tarball');
    writeFileSync(join(folder, 'package.json'), '{ "name": "uses-replenish", "private": true, "type": "module" }\n');
    // No scripts: the package has to work with none of its dependencies' native extras.
    await npm(['install', `./${tarball}`, '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
    const version = (await execute('npx', ['--no-install', 'replenish', '--version'], { cwd: folder })).stdout.trim();
    if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`npx replenish --version printed '${version}', expected a version`);
    writeFileSync(join(folder, 'program.ts'), program);
    writeFileSync(join(folder, 'program.js'), program);
    const { stdout } = await execute(process.execPath, ['program.js'], { cwd: folder });
    if (stdout.trim() !== 'function') throw new Error(`A program that imports replenish printed '${stdout.trim()}', expected 'function'`);
    await execute(
      join(root, 'node_modules', '.bin', 'tsc'),
      ['--noEmit', '--strict', '--module', 'nodenext', '--types', '', '--skipLibCheck', 'program.ts'],
      {
        cwd: folder,
      },
    );
    console.log(`replenish ${version} installed from its tarball, ran, and was imported with its types`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const program = `import { UserError } from 'replenish';
console.log(typeof UserError);
`;

async function npm(args: readonly string[], cwd: string): Promise<void> {
  try {
    await execute('npm', args, { cwd, maxBuffer: 1 << 26 });
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    throw new Error(`npm ${args.join(' ')} failed:\n${stderr ?? error}`);
  }
}

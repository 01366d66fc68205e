import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    writeFileSync(join(folder, 'program.js'), program);
    const { stdout } = await execute(process.execPath, ['program.js'], { cwd: folder });
    if (stdout.trim() !== '4.04') throw new Error(`A program that solves lost-sales printed '${stdout.trim()}', expected 4.04`);
    await checkThreads(folder);
    writeFileSync(join(folder, 'types.ts'), types);
    await execute(join(root, 'node_modules', '.bin', 'tsc'), [...strict, 'types.ts'], { cwd: folder });
    console.log(`replenish ${version} installed from its tarball, ran, and was imported with its types`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sources that are not compiled do without threads: here it shows that training that is divided between two gives the same weights. */
async function checkThreads(folder: string): Promise<void> {
  const knobs = ['items=200', 'states=2', 'paths=16', 'epochs=3', 'minibatch=32'].flatMap((knob) => ['--set', `agent.${knob}`]);
  const trained = ['1', '2'].map(async (cores) => {
    const home = join(folder, `home-${cores}`);
    const options = { cwd: folder, env: { ...process.env, REPLENISH_HOME: home } };
    const command = ['--no-install', 'replenish', 'train', '--agent', 'dcl', '--family', 'lost-sales', '--cores', cores, ...knobs];
    const { stdout, stderr } = await execute('npx', command, options);
    if (cores === '2' && !`${stdout}${stderr}`.includes('divided between two cores'))
      throw new Error('Training on two cores did not divide the fit');
    const file = readdirSync(home, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('policy.bin'));
    return readFileSync(join(home, file ?? 'no policy.bin'));
  });
  const [alone, divided] = await Promise.all(trained);
  if (!alone.equals(divided)) throw new Error('The same seed gave other weights on two cores than on one');
}

/** Zipkin (2008): the optimum for p = 4, L = 1, Poisson demand with mean 5. */
const program = `import { loadScenario, solve } from 'replenish';
console.log(solve({ loaded: await loadScenario('lost-sales', { set: ['leadTime=1'] }) }).costPerPeriod.toFixed(2));
`;

/** Compiles only where the declarations say what they should: a type lost on the way would be any, and any is a string. */
const types = `import { type Solution, UserError } from 'replenish';
export const error: Error = new UserError('x');
// @ts-expect-error
export const cost: string = ({} as Solution).costPerPeriod;
`;
const strict = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--skipLibCheck', '--types', ''];

async function npm(args: readonly string[], cwd: string): Promise<void> {
  try {
    await execute('npm', args, { cwd, maxBuffer: 1 << 26 });
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    throw new Error(`npm ${args.join(' ')} failed:\n${stderr ?? error}`);
  }
}

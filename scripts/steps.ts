import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './compile.js';

/** Runs a program of node_modules/.bin, or any other by its name, with our own output; throws where it does not end with 0. */
export async function run(program: string, args: readonly string[], { cwd = root, env = process.env } = {}): Promise<void> {
  const path = [join(root, 'node_modules', '.bin'), env.PATH].join(':');
  const child = spawn(program, args, { cwd, env: { ...env, PATH: path }, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with exit code ${code}`);
}

/** Does one step and says how long it took; a failure is told and remembered, so that the steps after it still run. */
export async function step(title: string, work: () => Promise<void>): Promise<boolean> {
  const start = performance.now();
  const spent = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  console.log(`\n== ${title}`);
  try {
    await work();
    console.log(`== ${title}: done in ${spent()}`);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(`== ${title}: FAILED after ${spent()}`);
    return false;
  }
}

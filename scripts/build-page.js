// @ts-check
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { dist, root } from './compile.js';

/** Builds the dashboard's page into dist/. What vite says goes to standard error: standard output belongs to the command. */
export async function buildPage() {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const outDir = join(dist, 'dashboard', 'web');
  const args = ['build', join(root, 'dashboard', 'web'), '--outDir', outDir, '--emptyOutDir', '--base', './', '--logLevel', 'warn'];
  process.stderr.write('Building the dashboard page\n');
  // Whoever has it built, tests too, gets the page that everybody gets.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, [vite, ...args], { cwd: root, env, stdio: ['ignore', 2, 2] });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`vite ended with exit code ${code}`);
}

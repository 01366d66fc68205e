import { compile } from '../scripts/compile.js';

/** Once before all tests: the command that tests start as a child process is compiled, so that none of them waits for it. */
export async function setup(): Promise<void> {
  await compile();
}

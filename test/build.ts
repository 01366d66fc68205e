import { buildPage } from '../scripts/build-page.js';
import { compile, pageIsStale } from '../scripts/compile.js';

/** Once before all tests: the command that they start as a child process and the page that it serves are built, so that none waits for them. */
export async function setup(): Promise<void> {
  await compile();
  if (pageIsStale()) await buildPage();
}

import { buildPage } from '../scripts/build-page.js';
import { bundle } from '../scripts/bundle.js';
import { compile, pageIsStale } from '../scripts/compile.js';

/** Once before all tests: the command that they start as a child process and the page that it serves are built, so that none waits for them. */
export async function setup(): Promise<void> {
  await bundle(await compile());
  if (pageIsStale()) await buildPage();
}

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage } from './check-package.ts';
import { root } from './compile.js';
import { run, step } from './steps.ts';

// Everything that has to hold before a change is merged. Ends with a line `N passed, N failed`: the tests, and each step beside them as one.
const folder = mkdtempSync(join(tmpdir(), 'replenish-check-'));
const report = join(folder, 'tests.json');
const pageTypes = join(root, 'dashboard', 'web', 'tsconfig.json');

const outcomes = [
  await step('types', () => run('tsc', ['-p', '.'])),
  await step('types of the page', () => (existsSync(pageTypes) ? run('tsc', ['-p', pageTypes]) : Promise.resolve())),
  await step('format and lint', () => run('biome', ['ci', '--colors=off', '.'])),
  await step('build', () => run('npm', ['run', '-s', 'build'])),
  await step('package', checkPackage),
];
const tested = await step('tests', () =>
  run('npm', ['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]),
);

const tests = readReport(report);
const passed = tests.passed + outcomes.filter(Boolean).length;
const failed = Math.max(tests.failed, tested ? 0 : 1) + outcomes.filter((held) => !held).length;
rmSync(folder, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Tests by outcome; none where the runner did not get as far as its report. */
function readReport(path: string): { readonly passed: number; readonly failed: number } {
  if (!existsSync(path)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, number>>;
  return { passed: numPassedTests, failed: numFailedTests };
}

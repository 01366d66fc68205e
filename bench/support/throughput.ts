import { performance } from 'node:perf_hooks';

/** Calls per second of `run`: the best of several stretches of about `seconds` each, after one that warms the code up. */
export function callsPerSecond(run: () => void, { seconds = 0.7, stretches = 4 } = {}): number {
  stretch(run, seconds / 2);
  let best = 0;
  for (let k = 0; k < stretches; k++) best = Math.max(best, stretch(run, seconds));
  return best;
}

function stretch(run: () => void, seconds: number): number {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < 1000 * seconds) {
    for (let k = 0; k < 5; k++) run();
    calls += 5;
    elapsed = performance.now() - start;
  }
  return (1000 * calls) / elapsed;
}

/** Rounded to three digits: more would be noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

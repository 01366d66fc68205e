import { useMemo } from 'preact/hooks';
import type { Range } from '../parts/range.ts';

/** All of the steps on an axis, with room for a first one that stands alone. */
export function useSteps(steps: readonly number[]): Range {
  const last = Math.max(1, steps.at(-1) ?? 1);
  return useMemo(() => ({ id: 'all', of: () => [0, last * 1.02] }), [last]);
}

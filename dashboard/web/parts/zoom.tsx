import { useState } from 'preact/hooks';
import { useTexts } from '../texts/index.tsx';
import type { Range } from './range.ts';

interface Zoom {
  readonly range: Range;
  readonly onZoom: (from: number, to: number) => void;
  /** Takes the zoom back; null while there is none. */
  readonly reset: (() => void) | null;
}

/** A plot of its own that can be zoomed into, over whatever is on its axis. */
export function useZoom(whole: Range): Zoom {
  const [range, setRange] = useState<Range | null>(null);
  return {
    range: range ?? whole,
    onZoom: (from, to) => setRange({ id: 'zoom', of: () => [from, to] }),
    reset: range === null ? null : () => setRange(null),
  };
}

export function ResetZoom({ reset }: Pick<Zoom, 'reset'>) {
  const texts = useTexts();
  if (reset === null) return null;
  return (
    <button type="button" class="chip" onClick={reset}>
      {texts.watch.resetZoom}
    </button>
  );
}

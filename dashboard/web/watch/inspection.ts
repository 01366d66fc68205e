import { useState } from 'preact/hooks';
import type { SessionState } from '../parts/session-state.ts';

interface Inspection {
  /** Index of the period that is pointed at or was looked back at; null: none. */
  readonly held: number | null;
  /** The mouse is over a period, or over none. */
  readonly point: (index: number | null) => void;
  /** Looks at a period so many further on, from where one looks or from the last. */
  readonly look: (by: number) => void;
  readonly forget: () => void;
}

/** Which period is looked into. The mouse says so as long as it rests there, keys until it plays on; a session that is over takes it along. */
export function useInspection({ shown, history, playing }: SessionState): Inspection {
  const id = shown === null ? '' : `${shown.session} ${shown.watch.seed}`;
  const [pointed, setPointed] = useState<{ readonly of: string; readonly index: number } | null>(null);
  const [looked, setLooked] = useState<typeof pointed>(null);
  const last = history.frames.length - 1;
  const inSight = (one: typeof pointed) => (one !== null && one.of === id && one.index <= last ? one.index : null);
  const held = inSight(pointed) ?? (playing ? null : inSight(looked));
  return {
    held,
    point: (index) => setPointed(index === null ? null : { of: id, index }),
    look: (by) => {
      setPointed(null);
      setLooked({ of: id, index: Math.max(0, Math.min(last, (held ?? last) + by)) });
    },
    forget: () => {
      setPointed(null);
      setLooked(null);
    },
  };
}

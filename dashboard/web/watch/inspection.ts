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

interface Look {
  /** The session and its seed. */
  readonly of: string;
  readonly index: number;
  /** Periods that there were. */
  readonly periods: number;
}

/** Which period is looked into. The mouse says so as long as it rests there, keys until more is played; a session that is over takes it along. */
export function useInspection({ shown, history }: SessionState): Inspection {
  const id = shown === null ? '' : `${shown.session} ${shown.watch.seed}`;
  const [pointed, setPointed] = useState<Look | null>(null);
  const [looked, setLooked] = useState<Look | null>(null);
  const periods = history.frames.length;
  const inSight = (one: Look | null) => (one !== null && one.of === id && one.index < periods ? one.index : null);
  const held = inSight(pointed) ?? (looked?.periods === periods ? inSight(looked) : null);
  return {
    held,
    point: (index) => setPointed(index === null ? null : { of: id, index, periods }),
    look: (by) => {
      setPointed(null);
      const last = periods - 1;
      setLooked({ of: id, index: Math.max(0, Math.min(last, (held ?? last) + by)), periods });
    },
    forget: () => {
      setPointed(null);
      setLooked(null);
    },
  };
}

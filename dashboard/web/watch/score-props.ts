import type { ScoresMessage } from '../../protocol.ts';
import type { History } from '../parts/history.ts';

/** What the tables of an episode share. */
export interface ScoreTableProps {
  readonly history: History;
  readonly names: readonly string[];
  readonly costParts: readonly string[];
  /** [money/period] */
  readonly optimum: number | null;
  readonly scores: ScoresMessage | null;
  /** Items of the catalogue that scores are taken over; 0 where there is none. */
  readonly items: number;
  /** Are scores being worked out, or have come? */
  readonly scored: boolean;
  readonly visible: readonly boolean[];
  readonly onVisible: (policy: number, shown: boolean) => void;
  /** Index of the period whose numbers are written out, or null: the last. */
  readonly inspected: number | null;
  readonly onWhy: () => void;
}

/** Rows by their place: two policies may bear the same name. */
export function rowsOf(names: readonly string[]): { name: string; k: number }[] {
  return names.map((name, k) => ({ name, k }));
}

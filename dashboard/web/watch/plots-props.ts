import type { History } from '../parts/history.ts';
import type { PlotProps } from '../parts/plot.tsx';

/** What the plots of an episode share. */
export interface PlotsProps extends Pick<PlotProps, 'version' | 'range' | 'palette' | 'inspected' | 'onInspect' | 'onZoom' | 'onPick'> {
  readonly history: History;
  readonly names: readonly string[];
  /** [policy] is it drawn? */
  readonly visible: readonly boolean[];
}

/** Index of the period whose numbers are written out: the inspected one, or the last. */
export function shownIndex({ history, inspected }: PlotsProps): number {
  return inspected ?? history.frames.length - 1;
}

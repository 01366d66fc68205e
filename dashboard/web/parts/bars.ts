import uPlot from 'uplot';

/** [pixels] below which a bar is all outline: it is filled instead. */
const NARROW = 4;

export interface BarsOptions {
  /** 0 to count - 1 */
  readonly place: number;
  readonly count: number;
  readonly colour: string;
}

/** Bars that stand beside each other, one per policy in each period. */
export function barsBeside({ place, count, colour }: BarsOptions): uPlot.Series.PathBuilder {
  return (plot, index, from, to) => {
    const bars = new Path2D();
    const xs = plot.data[0];
    const ys = plot.data[index];
    const zero = plot.valToPos(0, 'y', true);
    const { min = 0, max = 0 } = plot.scales.x;
    const room = Math.abs(plot.valToPos(1, 'x', true) - plot.valToPos(0, 'x', true));
    const each = Math.min((room * 0.8) / count, 18 * devicePixelRatio);
    const width = Math.max(each * 0.86, 1);
    for (let i = from; i <= to; i++) {
      const y = ys[i];
      // uPlot hands over one period beyond either edge, for lines.
      if (typeof y !== 'number' || y === 0 || xs[i] < min || xs[i] > max) continue;
      const middle = plot.valToPos(xs[i], 'x', true) + (place - (count - 1) / 2) * each;
      const top = plot.valToPos(y, 'y', true);
      bars.rect(middle - width / 2, Math.min(top, zero), width, Math.abs(top - zero));
    }
    const plain = width < NARROW * devicePixelRatio;
    return { stroke: plain ? null : bars, fill: plain ? new Map([[colour, bars]]) : bars, clip: undefined, flags: 1 | 2 };
  };
}

/** Steps: what holds from the start of a period to the start of the next. */
export function steps(): uPlot.Series.PathBuilder | undefined {
  return uPlot.paths.stepped?.({ align: 1 });
}

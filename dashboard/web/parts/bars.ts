import uPlot from 'uplot';

/**
 * Bars that stand beside each other, one per policy in each period.
 * @param place 0 to count - 1
 */
export function barsBeside(place: number, count: number): uPlot.Series.PathBuilder {
  return (plot, index, from, to) => {
    const stroke = new Path2D();
    const xs = plot.data[0];
    const ys = plot.data[index];
    const zero = plot.valToPos(0, 'y', true);
    const room = Math.abs(plot.valToPos(1, 'x', true) - plot.valToPos(0, 'x', true));
    const each = Math.min((room * 0.8) / count, 18 * devicePixelRatio);
    const width = Math.max(each * 0.86, 1);
    for (let i = from; i <= to; i++) {
      const y = ys[i];
      if (typeof y !== 'number' || y === 0) continue;
      const middle = plot.valToPos(xs[i], 'x', true) + (place - (count - 1) / 2) * each;
      const top = plot.valToPos(y, 'y', true);
      stroke.rect(middle - width / 2, Math.min(top, zero), width, Math.abs(top - zero));
    }
    return { stroke, fill: stroke, clip: undefined, flags: 1 | 2 };
  };
}

/** Steps: what holds from the start of a period to the start of the next. */
export function steps(): uPlot.Series.PathBuilder | undefined {
  return uPlot.paths.stepped?.({ align: 1 });
}

import type { Chart, ChartSpec, Drawing } from './drawing.ts';
import { roleColour, seriesColour } from './palette.ts';

export interface HistogramChartSpec extends Pick<ChartSpec, 'name' | 'title' | 'description'> {
  /** Heights of bins of equal width over [0, 1]; 1 where all is as it should be. */
  readonly bins: readonly number[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly even: string;
}

/** Bars over [0, 1] that should all be as high as 1. */
export function histogramChart(drawing: Drawing, { bins, xLabel, yLabel, even, ...words }: HistogramChartSpec): Chart {
  const { plot } = drawing;
  const bars = bins.map((height, k) => ({ from: k / bins.length, to: (k + 1) / bins.length, height }));
  return drawing.draw({
    ...words,
    options: {
      height: 260,
      marginLeft: 56,
      marginRight: 100,
      marginBottom: 42,
      marginTop: 26,
      x: { label: xLabel, domain: [0, 1], labelAnchor: 'center', labelArrow: 'none' },
      y: { label: yLabel, domain: [0, Math.max(1.5, ...bins)], nice: true, grid: true, labelArrow: 'none', ticks: 5 },
      marks: [
        plot.rectY(bars, { x1: 'from', x2: 'to', y: 'height', fill: seriesColour(0), inset: 1 }),
        plot.ruleY([1], { stroke: roleColour('optimum'), strokeDasharray: '4 3' }),
        plot.text([even], { x: [1], y: [1], textAnchor: 'start', dx: 8, fill: roleColour('quiet') }),
        plot.ruleY([0], { stroke: roleColour('quiet') }),
      ],
    },
  });
}

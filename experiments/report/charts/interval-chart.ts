import type { ScaleOptions } from '@observablehq/plot';
import { CHART_WIDTH, type Chart, type ChartSpec, type Drawing } from './drawing.ts';
import { roleColour } from './palette.ts';

export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  readonly ci95: readonly [number, number] | null;
  /** As it stands beside the dot. */
  readonly text: string;
  readonly colour: string;
}

export interface IntervalChartSpec extends Pick<ChartSpec, 'name' | 'title' | 'description'> {
  readonly rows: readonly IntervalRow[];
  readonly xLabel: string;
  /** A line to read the dots against: an optimum, or no difference. */
  readonly reference?: { readonly value: number; readonly label: string };
}

/** Means as dots with their 95 % intervals, one above the other, in the order given. */
export function intervalChart(drawing: Drawing, { rows, xLabel, reference, ...words }: IntervalChartSpec): Chart {
  const { plot } = drawing;
  const ranges = rows.flatMap(({ value, ci95, ...row }) => (ci95 === null ? [] : [{ ...row, low: ci95[0], high: ci95[1] }]));
  const values = [...rows.flatMap(({ value, ci95 }) => [value, ...(ci95 ?? [])]), ...(reference ? [reference.value] : [])];
  return drawing.draw({
    ...words,
    options: {
      height: 64 + 30 * rows.length,
      marginLeft: labelWidth(rows.map(({ label }) => label)),
      marginRight: 96,
      marginBottom: 40,
      marginTop: 26,
      x: { label: xLabel, ...scaleOf(values), grid: true, labelAnchor: 'center', labelArrow: 'none' },
      y: { label: null, domain: rows.map(({ label }) => label), tickSize: 0 },
      marks: [
        ...(reference === undefined
          ? []
          : [
              plot.ruleX([reference.value], { stroke: roleColour('optimum'), strokeDasharray: '4 3' }),
              plot.text([reference], { x: 'value', frameAnchor: 'top', dy: -14, text: 'label', fill: roleColour('quiet') }),
            ]),
        plot.ruleY(ranges, { y: 'label', x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 2 }),
        plot.dot(rows, { y: 'label', x: 'value', fill: 'colour', r: 4.5 }),
        plot.text(rows, { y: 'label', frameAnchor: 'right', textAnchor: 'start', dx: 10, text: 'text', fill: roleColour('ink') }),
      ],
      color: { type: 'identity' },
    },
  });
}

/** From so many times the least value on, values are drawn on a logarithmic scale: one that is far off hides nothing of the others. */
const LOGARITHMIC = 4;

/** A little more than the range, so that no dot lies on the edge. */
function scaleOf(values: readonly number[]): ScaleOptions {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low > 0 && high > LOGARITHMIC * low) return { type: 'log', domain: [low / 1.1, high * 1.1], ticks: 6, tickFormat: String };
  const around = 0.04 * (high - low || Math.abs(high) || 1);
  return { domain: [low - around, high + around], nice: true, ticks: 6 };
}

/** [px] for labels left of a chart. */
export function labelWidth(labels: readonly string[]): number {
  return Math.min(CHART_WIDTH / 3, 20 + 6.8 * Math.max(...labels.map((label) => label.length)));
}

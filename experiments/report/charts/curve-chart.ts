import { CHART_WIDTH, type Chart, type ChartSpec, type Drawing } from './drawing.ts';
import { roleColour } from './palette.ts';

export interface Curve {
  readonly label: string;
  readonly colour: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly ci95?: readonly [number, number] | null }[];
}

export interface CurveChartSpec extends Pick<ChartSpec, 'name' | 'title' | 'description'> {
  readonly curves: readonly Curve[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly references?: readonly { readonly label: string; readonly value: number; readonly dash: string }[];
  /** Only whole numbers along x. */
  readonly wholeX?: boolean;
}

/** From so many times the least value on, values are drawn on a logarithmic scale. */
const LOGARITHMIC = 4;

/** Lines over one axis, with lines across to read them against. */
export function curveChart(drawing: Drawing, { curves, references = [], xLabel, yLabel, wholeX = false, ...words }: CurveChartSpec): Chart {
  const { plot } = drawing;
  const points = curves.flatMap(({ label, colour, points: own }) => own.map((point) => ({ ...point, label, colour })));
  const ranges = points.flatMap(({ ci95, ...point }) => (ci95 ? [{ ...point, low: ci95[0], high: ci95[1] }] : []));
  const values = [...points.map(({ y }) => y), ...references.map(({ value }) => value)];
  const logarithmic = Math.min(...values) > 0 && Math.max(...values) > LOGARITHMIC * Math.min(...values);
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  return drawing.draw({
    ...words,
    legend: curves.length > 1 ? curves : [],
    options: {
      height: 320,
      width: CHART_WIDTH,
      marginLeft: 64,
      marginRight: references.length > 0 ? 150 : 24,
      marginBottom: 42,
      marginTop: 30,
      x: {
        label: xLabel,
        labelAnchor: 'center',
        labelArrow: 'none',
        ...(wholeX && xs.length <= 20 ? { ticks: xs, tickFormat: String } : { ticks: 6, tickFormat: shortNumber }),
      },
      y: {
        label: yLabel,
        grid: true,
        labelArrow: 'none',
        nice: !logarithmic,
        ...(logarithmic ? { type: 'log', ticks: 5, tickFormat: String } : {}),
      },
      color: { type: 'identity' },
      marks: [
        ...[...references]
          .sort((a, b) => b.value - a.value)
          .flatMap(({ label, value, dash }, k) => [
            plot.ruleY([value], { stroke: roleColour('optimum'), strokeDasharray: dash, strokeOpacity: 0.75 }),
            // One above its line and the next below, so that they do not meet.
            plot.text([label], {
              y: [value],
              frameAnchor: 'right',
              textAnchor: 'start',
              dx: 8,
              dy: k === 0 ? -5 : 7,
              fill: roleColour('quiet'),
            }),
          ]),
        plot.ruleX(ranges, { x: 'x', y1: 'low', y2: 'high', stroke: 'colour', strokeOpacity: 0.6 }),
        plot.lineY(points, { x: 'x', y: 'y', z: 'label', stroke: 'colour', strokeWidth: 2 }),
        plot.dot(points, { x: 'x', y: 'y', fill: 'colour', r: 3 }),
      ],
    },
  });
}

/** 250000 as 250k, 4000000 as 4M. */
function shortNumber(value: number): string {
  if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  return Math.abs(value) >= 1e4 ? `${Number((value / 1e3).toPrecision(3))}k` : String(value);
}

import type { Chart, ChartSpec, Drawing } from './drawing.ts';
import { labelWidth } from './interval-chart.ts';
import { roleColour, seriesColour } from './palette.ts';

export interface PartsChartSpec extends Pick<ChartSpec, 'name' | 'title' | 'description'> {
  readonly parts: readonly string[];
  readonly rows: readonly { readonly label: string; readonly costs: Readonly<Record<string, number>> }[];
  readonly xLabel: string;
}

/** What a cost consists of: one bar to a row, its parts one after the other; what is earned lies left of zero. */
export function partsChart(drawing: Drawing, { parts, rows, xLabel, ...words }: PartsChartSpec): Chart {
  const { plot } = drawing;
  const pieces = rows.flatMap(({ label, costs }) =>
    parts.map((part) => ({ label, part, cost: costs[part] ?? 0 })).filter(({ cost }) => cost !== 0),
  );
  return drawing.draw({
    ...words,
    legend: parts.map((label, n) => ({ label, colour: seriesColour(n) })),
    options: {
      height: 70 + 30 * rows.length,
      marginLeft: labelWidth(rows.map(({ label }) => label)),
      marginBottom: 40,
      marginTop: 10,
      x: { label: xLabel, grid: true, labelAnchor: 'center', labelArrow: 'none', ticks: 6 },
      y: { label: null, domain: rows.map(({ label }) => label), tickSize: 0, padding: 0.3 },
      color: { domain: [...parts], range: parts.map((_, n) => seriesColour(n)) },
      marks: [
        plot.barX(pieces, { y: 'label', x: 'cost', fill: 'part', order: [...parts], inset: 0.5 }),
        plot.ruleX([0], { stroke: roleColour('quiet') }),
      ],
    },
  });
}

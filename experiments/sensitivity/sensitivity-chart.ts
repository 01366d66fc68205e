import type { VariantComparison } from '../compare-variants.ts';
import { CHART_WIDTH, type Chart, Drawing } from '../report/charts/drawing.ts';
import { roleColour, seriesColour } from '../report/charts/palette.ts';
import { assignments } from '../vary.ts';
import { sweepOf } from './sweep.ts';

const PER_ROW = 3;
/** From so many times the least cost on, costs are drawn on a logarithmic scale. */
const LOGARITHMIC = 6;
/** [px] */
const PANEL = { height: 230, top: 34, between: 40 } as const;

/** What policies cost along what is varied most, one panel for each of the other settings, with 95 % intervals. */
export async function sensitivityChart(comparison: VariantComparison): Promise<Chart> {
  const drawing = await Drawing.open();
  const { plot } = drawing;
  const { across, values, panels, policies, results } = sweepOf(comparison);
  const numeric = values.every((value) => Number.isFinite(Number(value)));
  const place = (value: string) => (numeric ? Number(value) : value);
  const perRow = Math.min(PER_ROW, panels.length);
  const rows = Math.ceil(panels.length / perRow);
  const points = panels.flatMap((_, panel) =>
    policies.flatMap((policy, k) =>
      values.flatMap((value, n) => {
        const result = results[panel][k][n];
        if (result === null) return [];
        const [low, high] = result.ci95 ?? [result.costPerPeriod, result.costPerPeriod];
        const facet = { fx: panel % perRow, fy: Math.floor(panel / perRow) };
        return [{ ...facet, x: place(value), cost: result.costPerPeriod, low, high, policy, colour: seriesColour(k) }];
      }),
    ),
  );
  const costs = points.map(({ cost }) => cost);
  const logarithmic = Math.min(...costs) > 0 && Math.max(...costs) > LOGARITHMIC * Math.min(...costs);
  const facet = { fx: 'fx', fy: 'fy' } as const;
  const heads = panels.map((panel, k) => ({ fx: k % perRow, fy: Math.floor(k / perRow), text: assignments(panel).join(', ') }));
  return drawing.draw({
    name: 'sensitivity',
    title: `Cost per period of ${comparison.scenario} by ${across}`,
    description: `${policies.join(', ')} for ${across} from ${values[0]} to ${values[values.length - 1]}; costs lie between ${Math.min(...costs).toPrecision(4)} and ${Math.max(...costs).toPrecision(4)}.`,
    legend: policies.map((label, k) => ({ label, colour: seriesColour(k) })),
    options: {
      width: CHART_WIDTH,
      height: 60 + rows * PANEL.height + (rows - 1) * PANEL.between,
      marginTop: PANEL.top,
      marginLeft: 60,
      marginRight: 16,
      marginBottom: 42,
      fx: { domain: Array.from({ length: perRow }, (_, k) => k), axis: null, padding: 0.08 },
      fy: { domain: Array.from({ length: rows }, (_, k) => k), axis: null, padding: rows > 1 ? 0.18 : 0 },
      x: {
        label: across,
        labelAnchor: 'center',
        labelArrow: 'none',
        ...(numeric ? { ticks: values.length <= 8 ? values.map(Number) : 6, tickFormat: String } : { type: 'point', domain: [...values] }),
      },
      y: {
        label: 'cost per period [money]',
        labelArrow: 'none',
        grid: true,
        nice: !logarithmic,
        ...(logarithmic ? { type: 'log', ticks: 5, tickFormat: String } : {}),
      },
      color: { type: 'identity' },
      marks: [
        plot.frame({ stroke: roleColour('rule') }),
        plot.ruleX(points, { ...facet, x: 'x', y1: 'low', y2: 'high', stroke: 'colour', strokeOpacity: 0.6 }),
        plot.lineY(points, { ...facet, x: 'x', y: 'cost', z: 'policy', stroke: 'colour', strokeWidth: 2 }),
        plot.dot(points, { ...facet, x: 'x', y: 'cost', fill: 'colour', r: 2.6 }),
        plot.text(heads, {
          ...facet,
          frameAnchor: 'top-left',
          textAnchor: 'start',
          dy: -14,
          text: 'text',
          fontWeight: 600,
          fill: roleColour('ink'),
        }),
      ],
    },
  });
}

import type { PolicyMap } from '../../policy-map.ts';
import { CHART_WIDTH, type Chart, type ChartSpec, type Drawing } from './drawing.ts';
import { roleColour, seriesColour } from './palette.ts';

export interface MapChartSpec extends Pick<ChartSpec, 'name' | 'title' | 'description'> {
  readonly map: PolicyMap;
  /** [map] */
  readonly labels: readonly string[];
}

/** Cells wide enough for a number in them. */
const NUMBERED = 16;

/** What policies order, one panel each, beside each other; cells in which a policy differs from the last panel are framed. */
export function mapChart(drawing: Drawing, { map, labels, ...words }: MapChartSpec): Chart {
  const { plot } = drawing;
  const { x, y, maps } = map;
  const rows = y?.values ?? [0];
  const most = Math.max(1, ...maps.flatMap(({ orders }) => orders.flat()));
  const last = maps[maps.length - 1];
  const cells = maps.flatMap(({ orders }, panel) =>
    orders.flatMap((row, k) =>
      row.map((order, column) => ({
        panel: labels[panel],
        x: x.values[column],
        y: rows[k],
        order,
        text: order === 0 ? '·' : String(Number(order.toFixed(1))),
        ink: order > 0.55 * most ? roleColour('paper') : roleColour('ink'),
        differs: maps.length > 1 && last.orders[k][column] !== order,
      })),
    ),
  );
  const perRow = Math.min(maps.length, x.values.length > 12 ? 2 : 3);
  const size = (CHART_WIDTH - 70) / perRow / x.values.length;
  return drawing.draw({
    ...words,
    options: {
      width: CHART_WIDTH,
      height:
        66 + Math.max(2, rows.length) * Math.min(size, 24) * Math.ceil(maps.length / perRow) + 44 * (Math.ceil(maps.length / perRow) - 1),
      marginLeft: 50,
      marginRight: 10,
      marginTop: 34,
      marginBottom: 40,
      fx: { label: null, domain: Array.from({ length: perRow }, (_, k) => k), padding: 0.06, axis: null },
      fy: { label: null, domain: Array.from({ length: Math.ceil(maps.length / perRow) }, (_, k) => k), padding: 0.16, axis: null },
      x: { label: `${x.name} [units]`, domain: [...x.values], tickSize: 0, labelAnchor: 'center', labelArrow: 'none', padding: 0.04 },
      y: {
        label: y === null ? null : `${y.name} [units]`,
        domain: [...rows],
        reverse: true,
        tickSize: 0,
        labelArrow: 'none',
        padding: 0.04,
      },
      color: { type: 'identity' },
      opacity: { type: 'linear', domain: [0, most], range: [0.05, 1] },
      marks: [
        plot.cell(cells, { ...place(labels, perRow), x: 'x', y: 'y', fill: seriesColour(0), fillOpacity: 'order', inset: 0 }),
        plot.cell(cells, {
          ...place(labels, perRow),
          filter: 'differs',
          x: 'x',
          y: 'y',
          fill: 'none',
          stroke: seriesColour(1),
          strokeWidth: 1.6,
        }),
        ...(size >= NUMBERED
          ? [plot.text(cells, { ...place(labels, perRow), x: 'x', y: 'y', text: 'text', fill: 'ink', fontSize: Math.min(11, 0.55 * size) })]
          : []),
        plot.text(
          labels.map((panel) => ({ panel })),
          {
            ...place(labels, perRow),
            frameAnchor: 'top-left',
            dy: -16,
            text: 'panel',
            fontWeight: 600,
            fill: roleColour('ink'),
            textAnchor: 'start',
          },
        ),
      ],
    },
  });
}

/** The panel of a datum, counted row by row. */
function place(labels: readonly string[], perRow: number) {
  const at = ({ panel }: { readonly panel: string }) => labels.indexOf(panel);
  return {
    fx: (datum: { readonly panel: string }) => at(datum) % perRow,
    fy: (datum: { readonly panel: string }) => Math.floor(at(datum) / perRow),
  };
}

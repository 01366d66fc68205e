import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Palette } from './palette.ts';
import type { Range } from './range.ts';

export interface PlotSeries extends Pick<uPlot.Series, 'stroke' | 'fill' | 'dash' | 'width' | 'paths' | 'points' | 'show' | 'spanGaps'> {
  readonly label: string;
  /** Does the cursor put a point on it? Default: it does. */
  readonly pointed?: boolean;
}

/** x, then a column per series; null: nothing there. */
export type Columns = [number[], ...(number | null)[][]];

export interface PlotProps {
  /** Said to who cannot see the plot. */
  readonly label: string;
  readonly series: readonly PlotSeries[];
  readonly bands?: readonly uPlot.Band[];
  /** Columns: periods, then one per series. */
  readonly data: Columns;
  /** Grows with every change of the data. */
  readonly version: number;
  readonly range: Range;
  /** May the scale start above 0? */
  readonly floating?: boolean;
  /** Are values below 1 told apart? */
  readonly fine?: boolean;
  /** The scale ends here, whatever lies above. */
  readonly top?: number;
  readonly palette: Palette;
  /** Index of the period whose numbers are shown, or null. */
  readonly inspected: number | null;
  readonly onInspect: (index: number | null) => void;
  readonly onZoom: (from: number, to: number) => void;
  /** A period was clicked; its index. */
  readonly onPick?: (index: number) => void;
  /** Periods that are marked. */
  readonly marks?: readonly number[];
}

/** One uPlot chart. Its series and colours stay what they were at first: give it another key to change them. */
export function Plot(props: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const drawn = useRef({ version: props.version, range: props.range });

  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const observer = new ResizeObserver(() => chart.current?.setSize({ width: box.clientWidth, height: box.clientHeight }));
    // Each plot in a task of its own: all of them in one would keep the page from answering.
    const begun = setTimeout(() => {
      const plot = new uPlot(options(latest, box), columns(latest.current), box);
      chart.current = plot;
      plot.over.addEventListener('click', () => {
        const { idx } = plot.cursor;
        if (typeof idx === 'number') latest.current.onPick?.(idx);
      });
      pointAt(plot, latest.current);
      observer.observe(box);
    });
    return () => {
      clearTimeout(begun);
      observer.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const { version, range } = props;
    if (drawn.current.version !== version || drawn.current.range !== range) chart.current?.setData(columns(props));
    drawn.current = { version, range };
    pointAt(chart.current, props);
  });

  return <div class="plot" ref={place} role="img" aria-label={props.label} />;
}

function columns({ data }: PlotProps): uPlot.AlignedData {
  const [x, ...ys] = data;
  return [x, ...ys];
}

/** Puts the cursor on the inspected period, in this plot as in the others. */
function pointAt(plot: uPlot | null, { data, inspected }: PlotProps): void {
  if (plot === null) return;
  const period = inspected === null ? undefined : data[0][inspected];
  const left = period === undefined ? -10 : plot.valToPos(period, 'x');
  plot.setCursor({ left, top: period === undefined ? -10 : 0 }, false);
}

function options(latest: { readonly current: PlotProps }, box: HTMLElement): uPlot.Options {
  const { palette, series, bands } = latest.current;
  const font = `11px ${getComputedStyle(document.body).fontFamily}`;
  const wholes = [1, 2, 5].flatMap((step) => [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7].map((ten) => step * ten)).sort((a, b) => a - b);
  const axis = { stroke: palette.text, font, grid: { stroke: palette.grid, width: 1 }, ticks: { show: false } };
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    padding: [8, 10, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { size: (_plot, index) => (series[index - 1]?.pointed === false ? 0 : 7), width: 2 },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => null },
    },
    scales: {
      x: { time: false, range: (_plot, least, most) => latest.current.range.of(least, most) },
      y: { range: (_plot, least, most) => roomy(least, most, latest.current) },
    },
    axes: [
      {
        ...axis,
        size: 26,
        gap: 4,
        incrs: wholes,
        values: (_plot, splits) => splits.map((value) => (value < 10_000 ? plain : compact).format(value)),
      },
      {
        ...axis,
        ...(latest.current.fine || latest.current.floating ? {} : { incrs: wholes }),
        size: (_plot, values) => widthOf(values),
        gap: 6,
        values: (_plot, splits) => splits.map((value) => compact.format(value)),
      },
    ],
    series: [{}, ...series.map(({ pointed: _, ...drawn }) => drawn)],
    bands: bands === undefined ? [] : [...bands],
    hooks: {
      draw: [(plot) => mark(plot, latest.current)],
      setCursor: [(plot) => (plot.cursor.event ? latest.current.onInspect(plot.cursor.idx ?? null) : undefined)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width > 4) latest.current.onZoom(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** A line with a head at each marked period that is in sight. */
function mark({ ctx, bbox, scales, valToPos }: uPlot, { marks = [], palette }: PlotProps): void {
  const { min = 0, max = 0 } = scales.x;
  const size = 4 * devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = palette.event;
  ctx.fillStyle = palette.event;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const period of marks) {
    if (period < min || period > max) continue;
    const x = valToPos(period, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - size, bbox.top);
    ctx.lineTo(x + size, bbox.top);
    ctx.lineTo(x, bbox.top + size * 1.6);
    ctx.fill();
  }
  ctx.restore();
}

/** From 0, the least below it or, where that is allowed, the least above it, to a little above the most: lines keep their distance from the frame. */
function roomy(least: number | null, most: number | null, { floating = false, fine = false, top: end }: PlotProps): [number, number] {
  // What stands still has no height of its own.
  const reached = fine ? Math.max(most ?? 1, (least ?? 0) + (Math.abs(least ?? 0) * 0.01 || 1)) : Math.max(1, most ?? 1);
  const top = Math.min(reached, end ?? reached);
  const bottom = floating ? (least ?? 0) : Math.min(0, least ?? 0);
  // A single value has no width of its own.
  const room = Math.max((top - bottom) * 0.06, Math.abs(top) * 0.01);
  return [bottom === 0 ? 0 : bottom - room, top + room];
}

const plain = new Intl.NumberFormat('en');
/** Digits enough that neighbours on an axis never read the same. */
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });

function widthOf(values: readonly string[] | null): number {
  const longest = Math.max(1, ...(values ?? []).map((value) => value.length));
  return 14 + longest * 7;
}

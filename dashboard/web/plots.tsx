import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { barsBeside, steps } from './bars.ts';
import { money, units } from './format.ts';
import type { History, Measure } from './history.ts';
import { DASHES, faint, type Palette } from './palette.ts';
import { Plot, type PlotProps, type PlotSeries } from './plot.tsx';
import { Swatch } from './swatch.tsx';
import { texts } from './texts.ts';

export interface PlotsProps extends Pick<PlotProps, 'version' | 'range' | 'palette' | 'inspected' | 'onInspect' | 'onZoom'> {
  readonly history: History;
  readonly names: readonly string[];
  /** [policy] is it drawn? */
  readonly visible: readonly boolean[];
}

/** The four plots; their cursors move together. */
export function Plots(props: PlotsProps) {
  return (
    <div class="plots">
      <StockPlot {...props} />
      <OrdersPlot {...props} />
      <DemandPlot {...props} />
      <CostPlot {...props} />
    </div>
  );
}

/** Index of the period whose numbers are written out: the inspected one, or the last. */
function shownIndex({ history, inspected }: PlotsProps): number {
  return inspected ?? history.frames.length - 1;
}

function drawn({ visible }: PlotsProps): number[] {
  return visible.flatMap((shown, k) => (shown ? [k] : []));
}

function StockPlot(props: PlotsProps) {
  const { history, palette } = props;
  const [onOrder, setOnOrder] = useState<boolean | null>(null);
  const [below, setBelow] = useState(true);
  const policies = drawn(props);
  // With more than two policies these lines hide each other, so they are drawn when asked for.
  const withOnOrder = onOrder ?? policies.length <= 2;
  const series: PlotSeries[] = [];
  const data: number[][] = [history.period];
  for (const [place, k] of policies.entries()) {
    const colour = palette.series[k];
    if (withOnOrder) {
      series.push({
        label: texts.onOrder,
        stroke: faint(colour, '30%'),
        fill: faint(colour, '10%'),
        width: 1,
        paths: steps(),
        points: { show: false },
      });
      data.push(history.policies[k].onOrder);
    }
    if (below) {
      series.push({
        label: texts.short,
        stroke: colour,
        fill: faint(colour, '55%'),
        width: 1,
        paths: barsBeside(place, policies.length),
        points: { show: false },
      });
      data.push(history.policies[k].below);
    }
  }
  for (const k of policies) {
    series.push({ ...line(palette, k, texts.onHand), paths: steps() });
    data.push(history.policies[k].onHand);
  }
  return (
    <Card
      title={texts.stock}
      note={texts.stockNote}
      values={<Values {...props} measure="onHand" write={units} />}
      switches={
        <>
          <Switch on={withOnOrder} set={setOnOrder} label={texts.onOrder} />
          <Switch on={below} set={setBelow} label={texts.short} />
        </>
      }
    >
      <Plot
        key={`stock ${policies} ${withOnOrder} ${below} ${palette.id}`}
        {...props}
        {...described(props, texts.stock, 'onHand')}
        series={series}
        data={data}
      />
    </Card>
  );
}

function OrdersPlot(props: PlotsProps) {
  const { history, palette } = props;
  const policies = drawn(props);
  const series = policies.map((k, place) => ({
    ...line(palette, k, texts.orders),
    dash: k < 2 ? [] : [3, 2],
    width: 1,
    fill: faint(palette.series[k], k % 2 === 0 ? '85%' : '22%'),
    paths: barsBeside(place, policies.length),
  }));
  const data = [history.period, ...policies.map((k) => history.policies[k].orders)];
  return (
    <Card title={texts.orders} note={texts.ordersNote} values={<Values {...props} measure="orders" write={units} />}>
      <Plot key={`orders ${policies} ${palette.id}`} {...props} {...described(props, texts.orders, 'orders')} series={series} data={data} />
    </Card>
  );
}

function CostPlot(props: PlotsProps) {
  const { history, palette } = props;
  const policies = drawn(props);
  const series = policies.map((k) => line(palette, k, texts.costSoFar));
  const data = [history.period, ...policies.map((k) => history.policies[k].totalCost)];
  return (
    <Card title={texts.costSoFar} note={texts.costNote} values={<Values {...props} measure="totalCost" write={money} />}>
      <Plot
        key={`cost ${policies} ${palette.id}`}
        {...props}
        {...described(props, texts.costSoFar, 'totalCost')}
        floating
        series={series}
        data={data}
      />
    </Card>
  );
}

function DemandPlot(props: PlotsProps) {
  const { history, palette } = props;
  const edge = { stroke: 'transparent', width: 0, points: { show: false } };
  const series: PlotSeries[] = [
    { ...edge, label: '90 %' },
    { ...edge, label: '10 %' },
    { label: texts.forecastMean, stroke: palette.forecast, width: 1.5, dash: [5, 4], points: { show: false } },
    { label: texts.actualDemand, stroke: palette.demand, width: 1.25, points: { show: true, size: 4, fill: palette.demand } },
  ];
  const data = [history.period, history.p90, history.p10, history.mean, history.demand];
  const at = shownIndex(props);
  const frame = history.frames[at];
  const label = frame ? `${texts.demand}: ${units(frame.demand)}, ${texts.forecastMean} ${units(frame.forecast.mean)}` : texts.demand;
  return (
    <Card
      title={texts.demand}
      note={texts.demandNote}
      values={
        <dl class="values">
          <Value label={texts.actualDemand} swatch={<i class="dot demand" />} value={frame && units(frame.demand)} />
          <Value label={texts.forecastMean} swatch={<i class="dash" />} value={frame && units(frame.forecast.mean)} />
          <Value
            label={texts.forecastBand}
            swatch={<i class="band" />}
            value={frame && `${units(frame.forecast.p10)}–${units(frame.forecast.p90)}`}
          />
        </dl>
      }
    >
      <Plot
        key={`demand ${palette.id}`}
        {...props}
        label={label}
        series={series}
        data={data}
        bands={[{ series: [1, 2], fill: palette.band }]}
      />
    </Card>
  );
}

function line(palette: Palette, k: number, label: string): PlotSeries {
  return { label, stroke: palette.series[k], width: 2, dash: [...DASHES[k]], points: { show: false } };
}

function described(props: PlotsProps, title: string, measure: Measure): { label: string } {
  const { history, names } = props;
  const at = shownIndex(props);
  if (at < 0) return { label: title };
  const said = drawn(props).map((k) => `${names[k]} ${units(history.policies[k][measure][at])}`);
  return { label: `${title}, ${texts.atPeriod(history.period[at])}: ${said.join(', ')}` };
}

/** The numbers of the inspected period, one per policy. */
function Values(props: PlotsProps & { readonly measure: Measure; readonly write: (value: number) => string }) {
  const { history, names, measure, write } = props;
  const at = shownIndex(props);
  return (
    <dl class="values">
      {drawn(props).map((k) => (
        <Value key={k} label={names[k]} swatch={<Swatch k={k} />} value={at < 0 ? undefined : write(history.policies[k][measure][at])} />
      ))}
    </dl>
  );
}

interface ValueProps {
  readonly label: string;
  readonly swatch: ComponentChildren;
  readonly value: string | undefined;
}

function Value({ label, swatch, value }: ValueProps) {
  return (
    <div>
      <dt>
        {swatch}
        <span>{label}</span>
      </dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}

function Switch({ on, set, label }: { readonly on: boolean; readonly set: (on: boolean) => void; readonly label: string }) {
  return (
    <button type="button" class="chip" aria-pressed={on} onClick={() => set(!on)}>
      {label}
    </button>
  );
}

interface CardProps {
  readonly title: string;
  readonly note: string;
  readonly values: ComponentChildren;
  readonly switches?: ComponentChildren;
  readonly children: ComponentChildren;
}

function Card({ title, note, values, switches, children }: CardProps) {
  const id = useMemo(() => `plot-${title.toLowerCase().replace(/\W+/g, '-')}`, [title]);
  return (
    <section class="card plot-card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p class="note">{note}</p>
        {switches && <div class="switches">{switches}</div>}
        {values}
      </header>
      {children}
    </section>
  );
}

import { useState } from 'preact/hooks';
import { barsBeside, steps } from '../parts/bars.ts';
import { money, units } from '../parts/format.ts';
import type { Measure } from '../parts/history.ts';
import { DASHES, faint, type Palette } from '../parts/palette.ts';
import { type Columns, Plot, type PlotSeries } from '../parts/plot.tsx';
import { PlotCard, Switch, Value } from '../parts/plot-card.tsx';
import { Swatch } from '../parts/swatch.tsx';
import { type Texts, useTexts } from '../texts/index.tsx';
import { DemandPlot } from './demand-plot.tsx';
import { type PlotsProps, shownIndex } from './plots-props.ts';

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

function drawn({ visible }: PlotsProps): number[] {
  return visible.flatMap((shown, k) => (shown ? [k] : []));
}

function StockPlot(props: PlotsProps) {
  const texts = useTexts();
  const { history, palette } = props;
  const [onOrder, setOnOrder] = useState<boolean | null>(null);
  const [unmet, setUnmet] = useState(true);
  const [onHand, setOnHand] = useState(true);
  const policies = drawn(props);
  // With more than two policies these lines hide each other, so they are drawn when asked for.
  const withOnOrder = onOrder ?? policies.length <= 2;
  const series: PlotSeries[] = [];
  const data: Columns = [history.period];
  for (const [place, k] of policies.entries()) {
    const colour = palette.series[k];
    if (withOnOrder) {
      series.push({
        label: texts.common.onOrder,
        stroke: faint(colour, '30%'),
        fill: faint(colour, '10%'),
        width: 1,
        paths: steps(),
        points: { show: false },
      });
      data.push(history.policies[k].onOrder);
    }
    if (unmet) {
      series.push({
        label: texts.watch.unmet,
        stroke: colour,
        fill: faint(colour, '55%'),
        width: 1,
        paths: barsBeside({ place, count: policies.length, colour }),
        points: { show: false },
        pointed: false,
      });
      data.push(history.policies[k].unmet);
    }
  }
  for (const k of onHand ? policies : []) {
    series.push({ ...line(palette, k, texts.common.onHand), paths: steps() });
    data.push(history.policies[k].onHand);
  }
  return (
    <PlotCard
      title={texts.watch.stock}
      note={texts.watch.stockNote}
      values={<Values {...props} measure="onHand" write={units} />}
      switches={
        <>
          <Switch on={onHand} set={setOnHand} label={texts.common.onHand} />
          <Switch on={withOnOrder} set={setOnOrder} label={texts.common.onOrder} />
          <Switch on={unmet} set={setUnmet} label={texts.watch.unmet} />
        </>
      }
    >
      <Plot
        key={`stock ${policies} ${onHand} ${withOnOrder} ${unmet} ${palette.id}`}
        {...props}
        {...described(texts, props, texts.watch.stock, 'onHand')}
        series={series}
        data={data}
      />
    </PlotCard>
  );
}

function OrdersPlot(props: PlotsProps) {
  const texts = useTexts();
  const { history, palette } = props;
  const policies = drawn(props);
  const series = policies.map((k, place) => ({
    ...line(palette, k, texts.watch.orders),
    dash: k < 2 ? [] : [3, 2],
    width: 1,
    fill: faint(palette.series[k], k % 2 === 0 ? '85%' : '22%'),
    paths: barsBeside({ place, count: policies.length, colour: palette.series[k] }),
    pointed: false,
  }));
  const data: Columns = [history.period, ...policies.map((k) => history.policies[k].orders)];
  return (
    <PlotCard title={texts.watch.orders} note={texts.watch.ordersNote} values={<Values {...props} measure="orders" write={units} />}>
      <Plot
        key={`orders ${policies} ${palette.id}`}
        {...props}
        {...described(texts, props, texts.watch.orders, 'orders')}
        series={series}
        data={data}
      />
    </PlotCard>
  );
}

function CostPlot(props: PlotsProps) {
  const texts = useTexts();
  const { history, palette } = props;
  const policies = drawn(props);
  const series = policies.map((k) => line(palette, k, texts.watch.costSoFar));
  const data: Columns = [history.period, ...policies.map((k) => history.policies[k].totalCost)];
  return (
    <PlotCard title={texts.watch.costSoFar} note={texts.watch.costNote} values={<Values {...props} measure="totalCost" write={money} />}>
      <Plot
        key={`cost ${policies} ${palette.id}`}
        {...props}
        {...described(texts, props, texts.watch.costSoFar, 'totalCost')}
        floating
        series={series}
        data={data}
      />
    </PlotCard>
  );
}

function line(palette: Palette, k: number, label: string): PlotSeries {
  return { label, stroke: palette.series[k], width: 2, dash: [...DASHES[k]], points: { show: false } };
}

function described(texts: Texts, props: PlotsProps, title: string, measure: Measure): { label: string } {
  const { history, names } = props;
  const at = shownIndex(props);
  if (at < 0) return { label: title };
  const said = drawn(props).map((k) => `${names[k]} ${units(history.policies[k][measure][at])}`);
  return { label: `${title}, ${texts.watch.atPeriod(history.period[at])}: ${said.join(', ')}` };
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

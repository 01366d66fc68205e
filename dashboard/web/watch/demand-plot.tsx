import { useState } from 'preact/hooks';
import { units } from '../parts/format.ts';
import { Plot, type PlotSeries } from '../parts/plot.tsx';
import { PlotCard, Switch, Value } from '../parts/plot-card.tsx';
import { useTexts } from '../texts/index.tsx';
import { type PlotsProps, shownIndex } from './plots-props.ts';

/** Demand with what was expected of it, and the events that were announced. */
export function DemandPlot(props: PlotsProps) {
  const texts = useTexts();
  const [withDemand, setDemand] = useState(true);
  const [withMean, setMean] = useState(true);
  const [withBand, setBand] = useState(true);
  const { history, palette } = props;
  const edge = { stroke: 'transparent', width: 0, points: { show: false } };
  const { forecast, band, demand: colour } = palette;
  const series: PlotSeries[] = [
    { ...edge, label: '90 %', show: withBand },
    { ...edge, label: '10 %', show: withBand },
    { label: texts.watch.forecastMean, stroke: forecast, width: 1.5, dash: [5, 4], points: { show: false }, show: withMean },
    { label: texts.watch.actualDemand, stroke: colour, width: 1.25, points: { show: true, size: 4, fill: colour }, show: withDemand },
  ];
  const at = shownIndex(props);
  const value = (column: readonly number[]) => (at < 0 ? undefined : units(column[at]));
  const said = `${texts.watch.demand}: ${value(history.demand) ?? ''}, ${texts.watch.forecastMean} ${value(history.mean) ?? ''}`;
  return (
    <PlotCard
      title={texts.watch.demand}
      note={texts.watch.demandNote}
      switches={
        <>
          <Switch on={withDemand} set={setDemand} label={texts.watch.actualDemand} />
          <Switch on={withMean} set={setMean} label={texts.watch.forecastMean} />
          <Switch on={withBand} set={setBand} label={texts.watch.forecastBand} />
        </>
      }
      values={
        <>
          <dl class="values">
            <Value label={texts.watch.actualDemand} swatch={<i class="dot demand" />} value={value(history.demand)} />
            <Value label={texts.watch.forecastMean} swatch={<i class="dash" />} value={value(history.mean)} />
            <Value
              label={texts.watch.forecastBand}
              swatch={<i class="band" />}
              value={at < 0 ? undefined : `${units(history.p10[at])}–${units(history.p90[at])}`}
            />
          </dl>
          <Events {...props} at={at} />
        </>
      }
    >
      <Plot
        key={`demand ${withDemand} ${withMean} ${withBand} ${palette.id}`}
        {...props}
        label={at < 0 ? texts.watch.demand : said}
        series={series}
        data={[history.period, history.p90, history.p10, history.mean, history.demand]}
        bands={withBand ? [{ series: [1, 2], fill: band }] : []}
        marks={history.notes.map(({ from }) => Math.max(1, from))}
      />
    </PlotCard>
  );
}

/** The events of the period whose numbers are shown, or else the last that came before it. */
function Events({ history, at }: PlotsProps & { readonly at: number }) {
  const texts = useTexts();
  if (history.notes.length === 0) return null;
  const period = history.period[at] ?? 0;
  const here = history.frames[at]?.notes ?? [];
  const shown = here.length > 0 ? here : history.notes.filter(({ from }) => from <= period).slice(-1);
  return (
    <ul class="events" aria-label={texts.watch.events}>
      {shown.map((note) => (
        <li key={`${note.from} ${note.text}`}>{texts.watch.note(Math.max(1, note.from), note.text)}</li>
      ))}
    </ul>
  );
}

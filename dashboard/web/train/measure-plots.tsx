import { useState } from 'preact/hooks';
import type { TrainingMessage } from '../../protocol.ts';
import { usePalette } from '../parts/palette.ts';
import { Plot } from '../parts/plot.tsx';
import { PlotCard } from '../parts/plot-card.tsx';
import { ResetZoom, useZoom } from '../parts/zoom.tsx';
import { useNames } from '../texts/names.ts';
import { useSteps } from './steps.ts';

interface MeasurePlotsProps {
  readonly training: TrainingMessage;
  readonly version: number;
}

/** Measures that are drawn; the rest would only crowd the page. */
const MOST = 8;
/** Values up to which each has a dot of its own. */
const DOTTED = 40;

/** Four digits tell enough. */
function written(value: number | null | undefined): string {
  return value == null ? '–' : String(Number(value.toPrecision(4)));
}

/** One small plot per measure of the agent, its losses among them. An agent that learns in phases tells of some measures in some of them. */
export function MeasurePlots({ training, version }: MeasurePlotsProps) {
  const called = useNames();
  const palette = usePalette();
  const [inspected, setInspected] = useState<number | null>(null);
  const { points, run } = training;
  const names = [...new Set(points.flatMap(({ metrics }) => Object.keys(metrics)))].slice(0, MOST);
  const steps = points.map(({ step }) => step);
  // All of them: what is looked at in one is looked at in the others.
  const zoom = useZoom(useSteps(steps));
  return (
    <>
      {names.map((name) => {
        const values = points.map(({ metrics }) => metrics[name] ?? null);
        const shown = inspected === null ? values.findLast((value) => value !== null) : values[inspected];
        const dotted = values.filter((value) => value !== null).length <= DOTTED;
        const stroke = palette.series[0];
        return (
          <PlotCard
            key={`${run} ${name}`}
            title={called.measure(name)}
            note=""
            switches={<ResetZoom reset={zoom.reset} />}
            values={<p class="values">{written(shown)}</p>}
          >
            <Plot
              key={`${palette.id} ${dotted}`}
              label={`${called.measure(name)}: ${written(shown)}`}
              version={version}
              palette={palette}
              range={zoom.range}
              floating
              fine
              series={[{ label: name, stroke, width: 1.5, spanGaps: true, points: { show: dotted, size: 4, fill: stroke } }]}
              data={[steps, values]}
              inspected={inspected}
              onInspect={setInspected}
              onZoom={zoom.onZoom}
            />
          </PlotCard>
        );
      })}
    </>
  );
}

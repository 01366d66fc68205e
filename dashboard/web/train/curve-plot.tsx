import { useState } from 'preact/hooks';
import type { PolicyChoice, TrainingMessage } from '../../protocol.ts';
import { money } from '../parts/format.ts';
import { DASHES, type Palette, usePalette } from '../parts/palette.ts';
import { Plot, type PlotSeries } from '../parts/plot.tsx';
import { PlotCard, Value } from '../parts/plot-card.tsx';
import { ResetZoom, useZoom } from '../parts/zoom.tsx';
import { useTexts } from '../texts/index.tsx';
import { useNames } from '../texts/names.ts';
import { readableTop } from './readable.ts';
import { useSteps } from './steps.ts';

interface CurvePlotProps {
  readonly training: TrainingMessage;
  readonly version: number;
  readonly policies: readonly PolicyChoice[];
}

/** Cost over steps, with a level line for each policy to compare with and for the optimum. */
export function CurvePlot({ training, version, policies }: CurvePlotProps) {
  const texts = useTexts();
  const names = useNames();
  const palette = usePalette();
  const [inspected, setInspected] = useState<number | null>(null);
  const { curve, baselines, optimum } = training;
  // Levels hold from the start; the agent has no cost before its first point.
  const steps = [0, ...curve.map(({ step }) => step)];
  const zoom = useZoom(useSteps(steps));
  const titles = new Map(policies.map(({ spec, title }) => [spec, names.policy(title)]));
  const compared = baselines.slice(0, 3).map(({ name, costPerPeriod }) => ({ name: titles.get(name) ?? name, costPerPeriod }));
  const levels = [...compared, ...(optimum === null ? [] : [{ name: texts.common.optimal, costPerPeriod: optimum.onCurve }])];
  const series: PlotSeries[] = [
    { label: texts.train.agentLine, stroke: palette.series[0], width: 2, points: { show: true, size: 5, fill: palette.series[0] } },
    ...levels.map(({ name }, k) => ({
      label: name,
      stroke: colourOf(palette, k, name === texts.common.optimal),
      width: 1.5,
      dash: [...dashOf(k)],
      points: { show: false },
    })),
  ];
  const costs = curve.map(({ costPerPeriod }) => costPerPeriod);
  const top = readableTop(
    costs,
    levels.map(({ costPerPeriod }) => costPerPeriod),
  );
  const cut = zoom.reset === null && Number.isFinite(top);
  const waiting = baselines.length === 0 && training.state !== 'finished';
  const shown = curve[(inspected ?? curve.length) - 1];
  if (curve.length === 0) {
    return (
      <PlotCard title={texts.train.curve} note={texts.train.curveNote} values={null}>
        <p class="empty">{training.state === 'finished' ? texts.train.curveNone : texts.train.curveWaiting}</p>
      </PlotCard>
    );
  }
  return (
    <PlotCard
      title={texts.train.curve}
      note={waiting ? texts.train.baselinesWaiting : `${texts.train.curveNote}${cut ? texts.train.curveCut : ''}`}
      switches={<ResetZoom reset={zoom.reset} />}
      values={
        <dl class="values">
          <Value label={texts.train.agentLine} swatch={<LevelSwatch k={-1} />} value={shown && money(shown.costPerPeriod)} />
          {levels.map(({ name, costPerPeriod }, k) => (
            <Value
              key={name}
              label={name}
              swatch={<LevelSwatch k={k} best={name === texts.common.optimal} />}
              value={money(costPerPeriod)}
            />
          ))}
        </dl>
      }
    >
      <Plot
        key={`${training.run} ${levels.map(({ name }) => name)} ${palette.id}`}
        label={`${texts.train.curve}: ${curve
          .map(({ step, costPerPeriod }) => `${step} ${money(costPerPeriod)}`)
          .slice(-3)
          .join(', ')}`}
        version={version}
        palette={palette}
        range={zoom.range}
        floating
        top={cut ? top : undefined}
        series={series}
        data={[steps, [null, ...costs], ...levels.map(({ costPerPeriod }) => steps.map(() => costPerPeriod))]}
        inspected={inspected}
        onInspect={setInspected}
        onZoom={zoom.onZoom}
      />
    </PlotCard>
  );
}

function LevelSwatch({ k, best = false }: { readonly k: number; readonly best?: boolean }) {
  return (
    <svg class="swatch" viewBox="0 0 26 8" width="26" height="8" aria-hidden="true">
      <line
        x1="1"
        y1="4"
        x2="25"
        y2="4"
        class={k < 0 ? 'series-0' : best ? 'best' : `series-${k + 1}`}
        stroke-dasharray={k < 0 ? undefined : dashOf(k).join(' ')}
      />
    </svg>
  );
}

function colourOf(palette: Palette, k: number, best: boolean): string {
  return best ? palette.demand : palette.series[k + 1];
}

function dashOf(k: number): readonly number[] {
  return DASHES[k + 1] ?? [1, 4];
}

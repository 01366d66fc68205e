import { useMemo, useState } from 'preact/hooks';
import { money } from '../parts/format.ts';
import { DASHES, usePalette } from '../parts/palette.ts';
import { Plot } from '../parts/plot.tsx';
import { PlotCard, Value } from '../parts/plot-card.tsx';
import type { Range } from '../parts/range.ts';
import { Swatch } from '../parts/swatch.tsx';
import { ResetZoom, useZoom } from '../parts/zoom.tsx';
import { useTexts } from '../texts/index.tsx';
import type { Sweep } from './rows.ts';

/** Cost over one setting, a line per policy; as many as there are lines that can be told apart. */
export function SweepPlot({ sweep, names }: { readonly sweep: Sweep; readonly names: ReadonlyMap<string, string> }) {
  const texts = useTexts();
  const palette = usePalette();
  const [inspected, setInspected] = useState<number | null>(null);
  const { values, knob, scenario } = sweep;
  const policies = sweep.policies.slice(0, DASHES.length);
  const left = sweep.policies.length - policies.length;
  const [first, last] = [values[0], values[values.length - 1]];
  const whole = useMemo((): Range => {
    const room = (last - first) * 0.04;
    return { id: 'all', of: () => [first - room, last + room] };
  }, [first, last]);
  const zoom = useZoom(whole);
  return (
    <PlotCard
      title={`${texts.compare.sweep}: ${scenario}`}
      note={texts.compare.sweepNote(knob, left)}
      switches={<ResetZoom reset={zoom.reset} />}
      values={
        <dl class="values">
          {policies.map(({ policy, costs }, k) => {
            const cost = costs[inspected ?? costs.length - 1];
            return (
              <Value
                key={policy}
                label={names.get(policy) ?? policy}
                swatch={<Swatch k={k} />}
                value={cost == null ? undefined : money(cost)}
              />
            );
          })}
        </dl>
      }
    >
      <Plot
        key={palette.id}
        label={`${texts.compare.sweep}: ${scenario}, ${knob} ${first} – ${last}`}
        version={0}
        palette={palette}
        range={zoom.range}
        floating
        series={policies.map(({ policy }, k) => ({
          label: policy,
          stroke: palette.series[k],
          width: 2,
          dash: [...DASHES[k]],
          points: { show: true, size: 5, fill: palette.series[k] },
        }))}
        data={[[...values], ...policies.map(({ costs }) => [...costs])]}
        inspected={inspected}
        onInspect={setInspected}
        onZoom={zoom.onZoom}
      />
    </PlotCard>
  );
}

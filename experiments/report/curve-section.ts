import { CURVE_EVALUATION } from '../curve-evaluation.ts';
import { cheapestIndex } from '../stopping.ts';
import { curveChart } from './charts/curve-chart.ts';
import type { Drawing } from './charts/drawing.ts';
import { seriesColour } from './charts/palette.ts';
import { type Block, type Cell, type Section, textOf } from './document.ts';
import type { ScenarioFacts } from './facts.ts';
import { decimalsOf, figure } from './figures.ts';
import type { Labels } from './labels.ts';

/** How the cost fell while the agents learnt, against a tuned baseline and the optimum on the same demand. */
export function curveSections({ runs, references }: ScenarioFacts, labels: Labels, drawing: Drawing, anchor: string): Section[] {
  const learnt = runs.filter(({ curve }) => curve.length > 0);
  if (learnt.length === 0) return [];
  const across = [
    ...(references?.baseline ? [{ label: references.baseline.policy, value: references.baseline.costPerPeriod, dash: '2 3' }] : []),
    ...(references?.optimum ? [{ label: 'optimum', value: references.optimum, dash: '6 4' }] : []),
  ];
  const decimals = decimalsOf(Math.max(...learnt.flatMap(({ curve }) => curve.map(({ costPerPeriod }) => costPerPeriod))));
  const ends = learnt.map(({ record, curve }) => {
    const last = curve[curve.length - 1];
    return `${labels.ofRun(record.run)} from ${textOf(figure(curve[0].costPerPeriod, decimals))} to ${textOf(figure(last.costPerPeriod, decimals))}`;
  });
  const chart = curveChart(drawing, {
    name: `${anchor}-curve-chart`,
    title: 'Learning curves',
    description:
      `${ends.join('; ')}. ${across.map(({ label, value }) => `${label} at ${textOf(figure(value, decimals))}`).join(', ')}`.trim(),
    curves: learnt.map(({ record, curve }, k) => ({
      label: labels.ofRun(record.run),
      colour: seriesColour(k + 1),
      points: curve.map(({ step, costPerPeriod }) => ({ x: step, y: costPerPeriod })),
    })),
    references: across,
    xLabel: 'environment steps',
    yLabel: 'cost per period',
  });
  const { lanes, periods } = CURVE_EVALUATION;
  const blocks: Block[] = [
    {
      kind: 'text',
      text: `Each point is an evaluation on ${lanes} lanes of ${periods} periods, on demand that training never sees and that stays the same along a curve: points of one curve can be compared with each other and with the lines across${learnt.length > 1 ? ', which are of the first run’s demand' : ''}.`,
    },
    { kind: 'chart', chart },
    {
      kind: 'table',
      caption: 'Learning curves in numbers',
      columns: [
        { title: 'Run', align: 'left' },
        { title: 'Steps' },
        { title: 'Training time' },
        { title: 'First point' },
        { title: 'Cheapest point' },
        { title: 'at step' },
        { title: 'Last point' },
      ],
      rows: learnt.map(({ record, curve }): Cell[] => {
        const cheapest = curve[cheapestIndex(curve)];
        return [
          labels.ofRun(record.run),
          figure(record.steps, 0),
          { value: record.seconds, text: `${record.seconds.toFixed(record.seconds < 10 ? 1 : 0)} s` },
          figure(curve[0].costPerPeriod, decimals),
          figure(cheapest.costPerPeriod, decimals),
          figure(cheapest.step, 0),
          figure(curve[curve.length - 1].costPerPeriod, decimals),
        ];
      }),
    },
  ];
  return [{ id: `${anchor}-learning`, title: 'How they learnt', blocks }];
}

import type { Calibration } from './calibration.ts';
import type { Drawing } from './charts/drawing.ts';
import { histogramChart } from './charts/histogram-chart.ts';
import { type Section, textOf } from './document.ts';
import { figure, shareOf, signed } from './figures.ts';

/** Whether what happened lay where the forecasts' distributions said. `where` ends the first sentence. */
export function calibrationSection(
  { method, forecasts, bins, coverage }: Calibration,
  where: string,
  drawing: Drawing,
  anchor: string,
): Section {
  const shown = coverage.map(({ level, observed }) => `${100 * level} % intervals held ${textOf(shareOf(observed))}`).join(', ');
  return {
    id: `${anchor}-calibration`,
    title: 'How far the forecasts can be trusted',
    blocks: [
      {
        kind: 'text',
        text: `${forecasts.toLocaleString('en-US')} forecasts of ${method} ${where}. Where forecasts are right, what happens is as likely to fall in each tenth of their distributions: all bars are 1 high. Bars that are high at both ends mean that the forecasts are too sure of themselves, high in the middle that they are too cautious, high at one end that they are too low (right) or too high (left).`,
      },
      {
        kind: 'chart',
        chart: histogramChart(drawing, {
          name: `${anchor}-calibration-chart`,
          title: 'Probability integral transform of what happened',
          description: `Heights of ten bars, 1 where forecasts are right: ${bins.map((bin) => bin.toFixed(2)).join(', ')}. ${shown}.`,
          bins,
          xLabel: 'chance that the forecast gave to what happened or less',
          yLabel: 'frequency',
          even: 'as it should be',
        }),
      },
      {
        kind: 'table',
        caption: `Coverage of the forecasts’ central intervals, ${figureText(forecasts)} forecasts`,
        columns: [{ title: 'Interval', align: 'left' }, { title: 'Should hold' }, { title: 'Held' }, { title: 'Difference' }],
        rows: coverage.map(({ level, observed }) => [
          `${100 * level} %`,
          shareOf(level),
          shareOf(observed),
          signed(100 * (observed - level), 1, ' points'),
        ]),
      },
    ],
  };
}

function figureText(value: number): string {
  return textOf(figure(value, 0));
}

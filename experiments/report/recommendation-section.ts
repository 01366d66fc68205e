import { calibrationSection } from './calibration-section.ts';
import type { Drawing } from './charts/drawing.ts';
import { intervalChart } from './charts/interval-chart.ts';
import { seriesColour } from './charts/palette.ts';
import { recommendCommand } from './commands.ts';
import { entries, plain } from './configuration-section.ts';
import { type Block, type Section, textOf } from './document.ts';
import { decimalsOf, figure, shareOf } from './figures.ts';
import type { RecommendationFacts, SuggestionFacts } from './recommendation-facts.ts';

/** Items that are shown; the store has all. */
const MOST_ITEMS = 40;
const MOST_BARS = 15;

/** What to order, why, what it is expected to cost, how the forecasts did, and what it all rests on. */
export function recommendationSections(facts: RecommendationFacts, drawing: Drawing, anchor: string): Section[] {
  const { record, suggestions, calibration } = facts;
  const since = `made on ${record.asOf}, against what later recommendations know of the periods since`;
  return [
    { id: `${anchor}-summary`, title: 'At a glance', blocks: summary(facts) },
    { id: `${anchor}-orders`, title: 'What to order', blocks: orders(record.run, suggestions) },
    ...(suggestions.length === 0
      ? []
      : [{ id: `${anchor}-costs`, title: 'What it is expected to cost', blocks: costs(suggestions, drawing, anchor) }]),
    ...(calibration === null ? [] : [calibrationSection(calibration, since, drawing, anchor)]),
    { id: `${anchor}-configuration`, title: 'What it rests on', newPage: true, blocks: configuration(facts) },
  ];
}

function summary({ record, suggestions, calibration, omitted }: RecommendationFacts): Block[] {
  const ordered = suggestions.filter((one) => one.ordered > 0);
  const [withOrders, without] = [sumOf(suggestions, 'costOrder'), sumOf(suggestions, 'costNothing')];
  const decimals = decimalsOf(Math.max(withOrders, without));
  const notes = [
    ...(calibration === null
      ? ['How the forecasts did is not known yet: it will be told once a later recommendation, or monitor, has read newer sales.']
      : []),
    ...omitted.map((what) => `Left out. ${what}`),
  ];
  return [
    {
      kind: 'tiles',
      tiles: [
        { label: 'Items to order', figure: figure(ordered.length, 0), note: `of ${suggestions.length.toLocaleString('en-US')}` },
        { label: 'Units to order', figure: figure(sumOf(suggestions, 'ordered'), 0), note: `on ${record.asOf}` },
        {
          label: 'Expected cost',
          figure: figure(withOrders, decimals),
          note: 'holding, lacking and ordering until the next order has come',
        },
        { label: 'Expected cost of ordering nothing', figure: figure(without, decimals), note: 'over the same time' },
      ],
    },
    {
      kind: 'text',
      text: `Orders of ${record.policy}, on forecasts of ${record.method.name}${record.service === null ? '' : `, for a chance of ${textOf(shareOf(record.service))} of lasting until the next order arrives`}.`,
    },
    ...notes.map((text): Block => ({ kind: 'note', text })),
  ];
}

function sumOf(suggestions: readonly SuggestionFacts[], name: 'ordered' | 'costOrder' | 'costNothing'): number {
  return suggestions.reduce((sum, one) => sum + (Number.isFinite(one[name]) ? one[name] : 0), 0);
}

function orders(run: string, suggestions: readonly SuggestionFacts[]): Block[] {
  const shown = suggestions.slice(0, MOST_ITEMS);
  const rest = suggestions.length - shown.length;
  const described = shown.some(({ description }) => description !== '');
  return [
    {
      kind: 'table',
      caption: rest > 0 ? `Suggestions, the ${MOST_ITEMS} that save most` : 'Suggestions, those that save most first',
      columns: [
        { title: 'Item', align: 'left' },
        ...(described ? [{ title: 'Description', align: 'left' as const }] : []),
        { title: 'Order' },
        { title: 'On hand' },
        { title: 'On order' },
        { title: 'Forecast' },
        { title: '10 to 90 %' },
        { title: 'Why', align: 'left' },
      ],
      rows: shown.map(({ item, description, ordered, onHand, onOrder, mean, p10, p90, reason }) => [
        item,
        ...(described ? [description] : []),
        figure(ordered, fraction(ordered)),
        figure(onHand, fraction(onHand)),
        figure(onOrder, fraction(onOrder)),
        figure(mean, 1),
        `${textOf(figure(p10, fraction(p10)))} to ${textOf(figure(p90, fraction(p90)))}`,
        reason,
      ]),
    },
    ...(rest > 0
      ? [
          {
            kind: 'text' as const,
            text: `${rest.toLocaleString('en-US')} items more: runs query "select * from suggestions where run = '${run}'" lists all.`,
          },
        ]
      : []),
  ];
}

function fraction(value: number): number {
  return Number.isInteger(value) ? 0 : 1;
}

function costs(suggestions: readonly SuggestionFacts[], drawing: Drawing, anchor: string): Block[] {
  const shown = suggestions.slice(0, MOST_BARS);
  const decimals = decimalsOf(Math.max(...shown.map(({ costNothing }) => costNothing)));
  return [
    {
      kind: 'chart',
      chart: intervalChart(drawing, {
        name: `${anchor}-cost-chart`,
        title: 'Expected cost with the order (dot) and with none (end of the line)',
        description: `${shown.map(({ item, costOrder, costNothing }) => `${item} ${textOf(figure(costOrder, decimals))} instead of ${textOf(figure(costNothing, decimals))}`).join('; ')}.`,
        rows: shown.map(({ item, costOrder, costNothing }) => ({
          label: item,
          value: costOrder,
          ci95: [costOrder, costNothing],
          text: textOf(figure(costNothing - costOrder, decimals)),
          colour: seriesColour(0),
        })),
        xLabel: 'expected cost until the next order has come [money]; at the right what the order saves',
      }),
    },
  ];
}

function configuration({ record }: RecommendationFacts): Block[] {
  const { findings, limits, reading, sources } = record;
  const rows = [
    ['Run', record.run],
    ['Promoted over', record.parent ?? '–'],
    ['Day of the orders', record.asOf],
    ['Forecasts', `${record.method.name}, ${record.horizon} periods; ${entries(record.method.choices) || 'nothing to choose'}`],
    ['Texts read by', record.embedder === null ? 'nothing' : `${record.embedder.name} (${record.embedder.model})`],
    ['Next order after', record.review === 1 ? '1 period' : `${record.review} periods`],
    ['Limits', entries(Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null && value !== false))) || 'none'],
    ['Files', entries(sources)],
    ['How they were read', entries(reading)],
    ['Seed', String(record.seed)],
    ['Started', record.startedAt],
    ['Versions', entries(record.versions)],
  ];
  const found: Block = {
    kind: 'table',
    caption: 'What was found in the files, and what became of it',
    columns: [
      { title: 'Finding', align: 'left' },
      { title: 'Count' },
      { title: 'Unit', align: 'left' },
      { title: 'What was done', align: 'left' },
    ],
    rows: findings.map(({ kind, count, unit, action }) => [kind, figure(count, 0), unit, plain(action)]),
  };
  return [
    {
      kind: 'table',
      caption: 'The recommendation',
      columns: [
        { title: '', align: 'left' },
        { title: '', align: 'left' },
      ],
      rows,
    },
    ...(findings.length > 0 ? [found] : []),
    { kind: 'commands', caption: 'Recommend again, from the same files', lines: [recommendCommand(record)] },
  ];
}

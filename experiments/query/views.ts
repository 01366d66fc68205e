/** A column of a view: its name, its type in SQL, and what it holds. */
export type ViewColumn = readonly [name: string, type: string, holds: string];

export interface View {
  readonly name: string;
  /** What one row is. */
  readonly row: string;
  readonly columns: readonly ViewColumn[];
}

const COSTS: readonly ViewColumn[] = ['holding', 'shortage', 'fixed', 'unit', 'transit', 'disposal', 'overflow', 'revenue'].map((part) => [
  part,
  'DOUBLE',
  '[money/period]',
]);

const QUANTILES: readonly ViewColumn[] = Array.from({ length: 19 }, (_, k) => {
  const percent = String(5 * (k + 1)).padStart(2, '0');
  return [`q${percent}`, 'DOUBLE', `[units] ${percent} % quantile`];
});

const RUN: ViewColumn = ['run', 'VARCHAR', 'id, as runs list shows it'];
const ITEM: ViewColumn = ['item', 'VARCHAR', 'id of the item'];

/** Everything that can be asked for. Agents log different things: metrics has more columns, one for each name that any run logged. */
export const VIEWS: readonly View[] = [
  {
    name: 'runs',
    row: 'a run, unfinished ones too',
    columns: [
      RUN,
      ['kind', 'VARCHAR', 'training or recommendation'],
      ['scenario', 'VARCHAR', 'what it is about: a scenario, or a sales file'],
      ['settings', 'VARCHAR[]', 'laid over the scenario with --set'],
      ['agent', 'VARCHAR', 'what was trained or fitted'],
      ['seed', 'BIGINT', ''],
      ['steps', 'BIGINT', 'environment steps'],
      ['seconds', 'DOUBLE', '[s] of training'],
      ['finished', 'BOOLEAN', ''],
      ['startedAt', 'TIMESTAMP', 'UTC'],
      ['backend', 'VARCHAR', 'what computed'],
      ['embedder', 'VARCHAR', 'what read texts'],
      ['config', 'JSON', "every knob, as config->>'learningRate'"],
      ['versions', 'JSON', 'of the libraries that numbers depend on'],
      ['costPerPeriod', 'DOUBLE', '[money/period] at the end of training'],
      ['ci95Low', 'DOUBLE', 'its 95 % interval'],
      ['ci95High', 'DOUBLE', ''],
      ['gapPercent', 'DOUBLE', '[percent] above the optimum'],
      ['asOf', 'DATE', 'day of a recommendation'],
      ['policy', 'VARCHAR', 'what a recommendation orders by'],
    ],
  },
  {
    name: 'metrics',
    row: 'what one iteration of training measured',
    columns: [RUN, ['steps', 'BIGINT', 'environment steps so far'], ['seconds', 'DOUBLE', '[s] so far']],
  },
  {
    name: 'curves',
    row: 'a point of a learning curve',
    columns: [
      RUN,
      ['step', 'BIGINT', 'environment steps'],
      ['seconds', 'DOUBLE', '[s] of training'],
      ['costPerPeriod', 'DOUBLE', "[money/period] on the curve's demand"],
      ['gapPercent', 'DOUBLE', '[percent] above the optimum there, where it was worked out'],
    ],
  },
  {
    name: 'evaluations',
    row: 'a policy in an evaluation, kept by evaluate, compare, sensitivity or the end of a training',
    columns: [
      ['evaluation', 'VARCHAR', 'its id; of a training the run'],
      ['at', 'TIMESTAMP', 'UTC'],
      ['scenario', 'VARCHAR', ''],
      ['settings', 'VARCHAR[]', 'laid over the scenario'],
      ['variant', 'JSON', 'what was varied, of compare --vary and sensitivity'],
      ['seed', 'BIGINT', ''],
      ['lanes', 'BIGINT', ''],
      ['periods', 'BIGINT', ''],
      ['policy', 'VARCHAR', ''],
      ['parameters', 'JSON', ''],
      ['costPerPeriod', 'DOUBLE', '[money/period]'],
      ['standardError', 'DOUBLE', ''],
      ['ci95Low', 'DOUBLE', '95 % interval'],
      ['ci95High', 'DOUBLE', ''],
      ['fillRate', 'DOUBLE', 'part of demand served at once'],
      ['cycleServiceLevel', 'DOUBLE', 'part of periods with all demand served'],
      ...COSTS,
      ['gapPercent', 'DOUBLE', '[percent] above the optimum on the same demand'],
      ['optimum', 'DOUBLE', '[money/period] where it is known'],
    ],
  },
  {
    name: 'differences',
    row: 'what a policy costs more than another on the same demand',
    columns: [
      ['evaluation', 'VARCHAR', 'as in evaluations'],
      ['policy', 'VARCHAR', ''],
      ['reference', 'VARCHAR', ''],
      ['mean', 'DOUBLE', '[money/period] policy less reference'],
      ['ci95Low', 'DOUBLE', '95 % interval'],
      ['ci95High', 'DOUBLE', ''],
    ],
  },
  {
    name: 'suggestions',
    row: 'what a recommendation suggests for an item',
    columns: [
      RUN,
      ITEM,
      ['ordered', 'DOUBLE', '[units] to order'],
      ['wanted', 'DOUBLE', '[units] without limits across items'],
      ['onHand', 'DOUBLE', '[units]'],
      ['onOrder', 'DOUBLE', '[units]'],
      ['coverPeriods', 'DOUBLE', '[periods] until the order after this one arrives'],
      ['mean', 'DOUBLE', '[units] forecast of that time'],
      ['p10', 'DOUBLE', '[units]'],
      ['p50', 'DOUBLE', '[units]'],
      ['p90', 'DOUBLE', '[units]'],
      ['orderUpTo', 'DOUBLE', '[units]'],
      ['costOrder', 'DOUBLE', '[money] expected with the order'],
      ['costNothing', 'DOUBLE', '[money] expected without'],
      ['state', 'VARCHAR', 'selling, new or stopped'],
      ['flags', 'VARCHAR[]', 'what was found in its data'],
      ['reason', 'VARCHAR', 'why, in a sentence'],
    ],
  },
  {
    name: 'predictions',
    row: 'the forecast of an item and a period that a recommendation rests on',
    columns: [
      RUN,
      ITEM,
      ['ahead', 'BIGINT', '[periods] 0 is the first one forecast'],
      ['date', 'DATE', 'first day of the period'],
      ['mean', 'DOUBLE', '[units]'],
      ['variance', 'DOUBLE', '[units squared]'],
      ['promisedCost', 'DOUBLE', '[money] expected of the period'],
      ...QUANTILES,
      ['weights', 'DOUBLE[]', 'of the distributions that the forecast is a mixture of'],
      ['means', 'DOUBLE[]', '[units] of theirs'],
      ['variances', 'DOUBLE[]', '[units squared] of theirs'],
    ],
  },
  {
    name: 'items',
    row: 'an item of a recommendation, with its terms',
    columns: [
      RUN,
      ITEM,
      ['description', 'VARCHAR', ''],
      ['category', 'VARCHAR', ''],
      ['price', 'DOUBLE', '[money/unit]'],
      ['unitCost', 'DOUBLE', '[money/unit]'],
      ['holdingCost', 'DOUBLE', '[money/unit/period]'],
      ['shortageCost', 'DOUBLE', '[money/unit]'],
      ['orderCost', 'DOUBLE', '[money/order]'],
      ['leadTime', 'DOUBLE', '[periods]'],
      ['supplier', 'VARCHAR', ''],
    ],
  },
  {
    name: 'sales',
    row: 'the cleaned sales of an item and a period that a recommendation rests on',
    columns: [
      RUN,
      ITEM,
      ['period', 'DATE', 'its first day'],
      ['quantity', 'DOUBLE', '[units] sold'],
      ['price', 'DOUBLE', '[money/unit]'],
      ['missing', 'BIGINT', 'above 0 where the item was probably out of stock'],
    ],
  },
];

export function viewNamed(name: string): View {
  const view = VIEWS.find((one) => one.name === name);
  if (view === undefined) throw new Error(`no view is called ${name}`);
  return view;
}

/** Views and columns for people, one view to a paragraph. */
export function describeViews(): string {
  const paragraphs = VIEWS.map(({ name, row, columns }) => {
    const names = columns.map(([column]) => column);
    const shown = name === 'predictions' ? names.filter((one) => !/^q\d\d$/.test(one)).concat('q05 to q95') : names;
    return `${name}: one row is ${row}\n  ${shown.join(', ')}${name === 'metrics' ? ', and what the agents log' : ''}`;
  });
  return paragraphs.join('\n');
}

import { UserError } from '../../../env/index.ts';
import type { BacktestResult, OpenedMethod } from '../../../forecasting/index.ts';
import { defineCommand } from '../../command.ts';
import { wholeNumber } from '../../options.ts';
import { number, percent, share, table } from '../../tables.ts';
import { dataOptions, firstHeldOut, methodName, methodOptions, readData, refuseFolder } from './data.ts';
import { readBy, readerOf } from './reader.ts';

export const backtestCommand = defineCommand({
  name: 'backtest',
  describe: 'Forecast held-out periods from what was known at each, and compare methods',
  words: {},
  options: {
    ...dataOptions,
    'test-from': {
      type: 'string',
      requiresArg: true,
      describe: 'First held-out day, YYYY-MM-DD; the last 13 weeks (28 days, 6 months) unless given',
    },
    horizon: wholeNumber({ name: 'horizon', default: 4, least: 1, most: 52, describe: 'Periods that each forecast covers' }),
    'refit-every': wholeNumber({
      name: 'refit-every',
      least: 1,
      describe: 'Periods after which methods are fitted anew; once unless given',
    }),
    method: {
      type: 'string',
      array: true,
      requiresArg: true,
      default: ['global+text', 'global', 'moving-average', 'naive'],
      describe: 'A method to compare; repeatable; differences are to the first',
      coerce: (given: string | readonly string[]): readonly string[] => [...new Set([given].flat())],
    },
    out: { type: 'string', requiresArg: true, describe: 'CSV to write: item,date,origin,method,mean,p10,p50,p90,actual' },
    detail: { type: 'boolean', default: false, describe: 'Also RMSSE, WAPE by period ahead, scores by class of item, and what was chosen' },
  },
  example: 'forecast backtest --method global+text --method naive',
  run: async (args, { output }) => {
    const { backtest, openMethods, writePredictions } = await import('../../../forecasting/index.ts');
    const names = await Promise.all(args.method.map(methodName));
    if (args.out !== undefined) refuseFolder(args.out);
    const { history } = await readData(args, args['test-from']);
    const cut = firstHeldOut(history, args['test-from']);
    const opened = await openMethods(names, history, await methodOptions(args, history, output));
    const progress = await output.progress('Backtest');
    const result = backtest({
      history,
      cut,
      refitEvery: args['refit-every'],
      horizon: args.horizon,
      methods: opened.map(({ forecaster }) => forecaster),
      seed: args.seed,
      onProgress: progress.update,
    });
    progress.end();
    if (result.rows === 0) refuseNothing(history.periods[cut], history.periodLength);
    if (args.out !== undefined) writePredictions(args.out, history, result.methods);
    return { ...scoresOf(result, args.detail), ...textRecord(opened) };
  },
  print: async ({ rows, series, methods, differences, texts }) => {
    const columns = ['method', 'WAPE', 'bias', 'MASE', 'pinball 0.5', 'pinball 0.9', 'CRPS', 'within 80 %', 'seconds'];
    const scores = await table(
      columns.map((title, k) => ({ title, align: k === 0 ? 'left' : 'right' })),
      methods.map((one) => [one.method, ...scoreCells(one), one.seconds.toFixed(2)]),
    );
    const against = differences.map(
      ({ method, reference, mean, ci90 }) =>
        `${method} - ${reference}: ${mean.toFixed(4)}, 90 % of [${ci90[0].toFixed(4)}, ${ci90[1].toFixed(4)}]`,
    );
    const read = (texts ?? []).map(({ method, ...reader }) => readBy(method, reader));
    const classes = await classTable(methods);
    return [
      `${rows.toLocaleString('en-US')} forecasts of ${series} items`,
      '',
      scores,
      '',
      'Differences in WAPE',
      ...against,
      ...classes,
      '',
      ...read,
    ].join('\n');
  },
});

function refuseNothing(from: string, period: string): never {
  throw new UserError(
    `Nothing was sold from ${from} on: expected a ${period} with sales to score forecasts by; give --test-from an earlier day`,
  );
}

type Scores = Omit<BacktestResult['methods'][number]['classes'][number], 'class' | 'items' | 'rows'>;

function scoreCells(scores: Omit<Scores, 'rmsse'>): string[] {
  return [
    number(scores.wape),
    percent(100 * scores.bias),
    number(scores.mase),
    number(scores.pinball['0.5']),
    number(scores.pinball['0.9']),
    number(scores.crps),
    share(scores.coverage['0.8']),
  ];
}

/** What is printed of a backtest, in full where `detail` is asked for. */
function scoresOf({ rows, series, methods, differences }: BacktestResult, detail: boolean) {
  return {
    rows,
    series,
    methods: methods.map(({ method, wape, bias, mase, pinball, crps, coverage, seconds, rmsse, wapeByAhead, classes, fitted }) => ({
      ...{ method, wape, bias, mase, pinball, crps, coverage, seconds },
      ...(detail ? { rmsse, wapeByAhead, classes, choices: fitted.choices } : {}),
    })),
    differences,
  };
}

/** What read the texts, of the methods that read: nothing where none does. */
function textRecord(opened: readonly OpenedMethod[]) {
  const texts = opened.flatMap(({ forecaster, text }) => {
    return text === null ? [] : [{ method: forecaster.name, ...readerOf(text) }];
  });
  return texts.length > 0 ? { texts } : {};
}

async function classTable(
  methods: readonly { readonly method: string; readonly classes?: BacktestResult['methods'][number]['classes'] }[],
): Promise<string[]> {
  const rows = methods.flatMap(({ method, classes }) =>
    (classes ?? []).map((own) => [own.class, method, String(own.items), ...scoreCells(own)]),
  );
  if (rows.length === 0) return [];
  const columns = ['class', 'method', 'items', 'WAPE', 'bias', 'MASE', 'pinball 0.5', 'pinball 0.9', 'CRPS', 'within 80 %'];
  const order = [...new Set(rows.map(([name]) => name))];
  const sorted = order.flatMap((name) => rows.filter(([own]) => own === name));
  return [
    '',
    await table(
      columns.map((title, k) => ({ title, align: k < 2 ? 'left' : 'right' })),
      sorted,
    ),
  ];
}

import { join } from 'node:path';
import { UserError } from '../../env/index.ts';
import type { History, MethodName } from '../../forecasting/index.ts';
import { defineCommand, defineGroup } from '../command.ts';
import { wholeNumber } from '../options.ts';
import { number, percent, share, table } from '../tables.ts';

const backtest = defineCommand({
  name: 'backtest',
  describe: 'Forecast held-out weeks from what was known at each, and compare methods',
  words: {},
  options: {
    sales: {
      type: 'string',
      requiresArg: true,
      describe: 'CSV with date,item,quantity[,price]; the extract that ships with the product unless given',
    },
    items: { type: 'string', requiresArg: true, describe: 'CSV with item,description[,price]' },
    'test-from': { type: 'string', requiresArg: true, describe: 'First held-out day, YYYY-MM-DD; the last 13 weeks unless given' },
    horizon: wholeNumber({ name: 'horizon', default: 4, least: 1, most: 26, describe: 'Weeks that each forecast covers' }),
    method: {
      type: 'string',
      array: true,
      requiresArg: true,
      default: ['global+text', 'global', 'moving-average', 'naive'],
      describe: 'A method to compare; repeatable; differences are to the first',
      coerce: (given: string | readonly string[]): readonly string[] => [given].flat(),
    },
  },
  example: 'forecast backtest --method global+text --method naive',
  run: async ({ sales, items, 'test-from': testFrom, horizon, method, seed }, { output }) => {
    const { backtest, openMethod, readHistory } = await import('../../forecasting/index.ts');
    const names = await methodNames(method);
    const history = readHistory(await files(sales, items));
    const cut = firstHeldOut(history, testFrom);
    const methods = [];
    for (const name of names) methods.push((await openMethod(name, history, { report: output.log })).forecaster);
    const { rows, series, methods: results, differences } = backtest({ history, cut, horizon, methods, seed });
    return { rows, series, methods: results.map(({ fitted: _, forecasts: __, ...scores }) => scores), differences };
  },
  print: async ({ rows, series, methods, differences }) => {
    const columns = ['method', 'WAPE', 'bias', 'MASE', 'pinball 0.5', 'pinball 0.9', 'within 80 %', 'seconds'];
    const scores = await table(
      columns.map((title, k) => ({ title, align: k === 0 ? 'left' : 'right' })),
      methods.map((one) => [
        one.method,
        number(one.wape),
        percent(100 * one.bias),
        number(one.mase),
        number(one.pinball['0.5']),
        number(one.pinball['0.9']),
        share(one.coverage['0.8']),
        one.seconds.toFixed(2),
      ]),
    );
    const against = differences.map(
      ({ method, reference, mean, ci90 }) =>
        `${method} - ${reference}: ${mean.toFixed(4)}, 90 % of [${ci90[0].toFixed(4)}, ${ci90[1].toFixed(4)}]`,
    );
    return [`${rows.toLocaleString('en-US')} forecasts of ${series} items`, '', scores, '', 'Differences in WAPE', ...against].join('\n');
  },
});

async function files(sales: string | undefined, items: string | undefined): Promise<{ readonly sales: string; readonly items: string }> {
  if (sales !== undefined && items !== undefined) return { sales, items };
  if (sales !== undefined || items !== undefined) {
    throw new UserError(
      `forecast backtest: --${sales === undefined ? 'sales' : 'items'} is missing, expected --sales and --items together`,
    );
  }
  const { dataFolder } = await import('../../scenarios/index.ts');
  const folder = dataFolder('online-retail');
  return { sales: join(folder, 'sales.csv'), items: join(folder, 'items.csv') };
}

async function methodNames(given: readonly string[]): Promise<MethodName[]> {
  const { METHODS } = await import('../../forecasting/index.ts');
  return given.map((name) => {
    const known = METHODS.find((method) => method === name);
    if (known === undefined) throw new UserError(`--method ${name}: expected one of ${METHODS.join(', ')}`);
    return known;
  });
}

/** Number of the first week that begins on or after a day. */
function firstHeldOut({ periods: weeks }: History, testFrom: string | undefined): number {
  if (testFrom === undefined) return Math.max(1, weeks.length - 13);
  const cut = weeks.findIndex((monday) => monday >= testFrom);
  if (/^\d{4}-\d{2}-\d{2}$/.test(testFrom) && cut > 0) return cut;
  throw new UserError(`--test-from ${testFrom}: expected a day as YYYY-MM-DD after ${weeks[0]} and at most ${weeks[weeks.length - 1]}`);
}

export const forecast = defineGroup({ name: 'forecast', describe: 'Forecasts of sales', children: [backtest] });

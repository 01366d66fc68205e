import { defineCommand } from '../../command.ts';
import { number, table } from '../../tables.ts';
import { refuseFolder } from './data.ts';
import { futureOptions, lookAhead } from './future.ts';
import { readerLine, readerOf } from './reader.ts';

/** Rows that people are shown. */
const SHOWN = 20;

export const predictCommand = defineCommand({
  name: 'predict',
  describe: 'Forecast the periods to come: mean, dispersion and quantiles of every item',
  words: {},
  options: {
    ...futureOptions,
    out: { type: 'string', requiresArg: true, describe: 'CSV to write: item,date,mean,dispersion,q05,...,q95' },
  },
  example: 'forecast predict --horizon 8 --out forecast.csv',
  run: async (args, { output }) => {
    const { listPredictions, writeForecast, periodStart } = await import('../../../forecasting/index.ts');
    if (args.out !== undefined) refuseFolder(args.out);
    const { history, opened, fitted, origin } = await lookAhead(args, output);
    const predictions = listPredictions(history, fitted.predict(history, origin, args.horizon), { origin, horizon: args.horizon });
    if (args.out !== undefined) writeForecast(args.out, predictions);
    return {
      method: fitted.name,
      origin: periodStart(history, origin),
      horizon: args.horizon,
      choices: fitted.choices,
      ...(opened.text === null ? {} : readerOf(opened.text)),
      predictions,
    };
  },
  print: async ({ predictions, ...made }) => {
    const rows = predictions
      .slice(0, SHOWN)
      .map(({ item, date, mean, quantiles }) => [
        item,
        date,
        number(mean),
        ...['0.10', '0.50', '0.90'].map((level) => String(quantiles[level])),
      ]);
    const shown = await table(
      ['item', 'from', 'mean', '10 %', '50 %', '90 %'].map((title, k) => ({ title, align: k < 2 ? 'left' : 'right' })),
      rows,
    );
    const more = predictions.length > SHOWN ? ['', `${predictions.length - SHOWN} more: --out FILE or --json has them all`] : [];
    return [`${made.method}, from ${made.origin} on`, '', shown, ...more, '', ...readerLine(made)].join('\n').trimEnd();
  },
});

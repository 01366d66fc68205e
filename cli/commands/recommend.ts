import { UserError } from '../../env/index.ts';
import { defineCommand } from '../command.ts';
import { realNumber, wholeNumber } from '../options.ts';
import { limitOptions, readLimits } from '../recommend/limits.ts';
import { printRecommendation } from '../recommend/print.ts';
import { dataOptions, methodName, readingSettings, refuseFolder } from './forecast/data.ts';

export const recommend = defineCommand({
  name: 'recommend',
  describe: 'From sales, items and stock: what to order of each item today, and why',
  words: {},
  options: {
    ...dataOptions,
    sales: { type: 'string', requiresArg: true, describe: 'CSV or Parquet with date,item,quantity[,price]' },
    items: {
      type: 'string',
      requiresArg: true,
      describe:
        'Table with item,description[,category,price,unitCost,holdingCost,shortageCost,leadTime,orderCost,minimumOrder,batch,packSize,...]',
    },
    stock: { type: 'string', requiresArg: true, describe: 'Table with item,onHand[,onOrder,due]: what there is, and what is on its way' },
    policy: {
      type: 'string',
      requiresArg: true,
      default: 'newsvendor',
      describe: 'newsvendor, or a policy such as base-stock, s-S, run:ID',
    },
    run: { type: 'string', requiresArg: true, describe: 'A trained agent that orders: the same as --policy run:ID' },
    method: {
      type: 'string',
      requiresArg: true,
      describe: 'Method that forecasts; global+text unless given, combination for more than 2,000 items',
    },
    service: realNumber({
      name: 'service',
      describe: "Chance of lasting until the next order arrives; from an item's costs where given, else 0.95",
    }),
    'as-of': {
      type: 'string',
      requiresArg: true,
      describe: 'Day of the orders, YYYY-MM-DD; the day after the last whole period of sales unless given',
    },
    review: wholeNumber({ name: 'review', default: 1, least: 1, most: 26, describe: 'Periods until the next order can be placed' }),
    'lead-time': wholeNumber({
      name: 'lead-time',
      default: 1,
      least: 0,
      most: 50,
      describe: 'Periods of items whose lead time is not given',
    }),
    'negative-stock': {
      choices: ['nothing', 'owed'],
      default: 'nothing',
      describe: 'Stock below 0: a slip of the books, or owed to customers',
    },
    ...limitOptions,
    out: { type: 'string', requiresArg: true, describe: 'File to write the suggestions to: .csv, .parquet or .json' },
    keep: { type: 'boolean', default: true, describe: 'Keep the recommendation as a run, so that it can be decided on and watched' },
  } as const,
  example: 'recommend --sales sales.csv --items items.csv --stock stock.csv --out suggestions.csv',
  run: async (args, { output, signal }) => {
    const { recommend, suggestionsFileKind, writeSuggestions } = await import('../../decisions/index.ts');
    const { sales, stock, run, out } = args;
    if (sales === undefined || stock === undefined) {
      throw new UserError(
        `--${sales === undefined ? 'sales' : 'stock'}: none given; expected a CSV or Parquet file; for example --${sales === undefined ? 'sales sales.csv' : 'stock stock.csv'}`,
      );
    }
    if (run !== undefined && args.policy !== 'newsvendor')
      throw new UserError(`--run ${run} --policy ${args.policy}: expected one of them; leave one out`);
    if (out !== undefined) {
      suggestionsFileKind(out);
      refuseFolder(out);
    }
    const reading = readingSettings(args);
    const result = await recommend({
      ...reading,
      sales,
      items: args.items,
      stock,
      beside: args.suppliers === undefined ? [] : [args.suppliers],
      asOf: args['as-of'],
      method: args.method === undefined ? undefined : await methodName(args.method),
      country: args.country,
      policy: run === undefined ? args.policy : `run:${run}`,
      service: args.service,
      review: args.review,
      leadTime: args['lead-time'],
      negativeStock: args['negative-stock'],
      limits: await readLimits(args, reading),
      seed: args.seed,
      keep: args.keep,
      onMessage: output.log,
      signal: signal(),
    });
    if (out !== undefined) await writeSuggestions(out, result.suggestions);
    return result;
  },
  print: printRecommendation,
});

import type { InferredOptionTypes, Options } from 'yargs';
import type { ImportOptions } from '../../../forecasting/index.ts';

/** What becomes of what is found in sales: options of every command that reads some. */
export const cleaningOptions = {
  encoding: { choices: ['utf-8', 'utf-16', 'latin-1'], describe: 'Encoding of the files; UTF-8 unless given' },
  until: { type: 'string', requiresArg: true, describe: 'Last day that is read, YYYY-MM-DD' },
  returns: { choices: ['drop', 'net'], default: 'drop', describe: 'Negative quantities: left out, or taken off the sales' },
  cancellations: { choices: ['drop', 'keep'], default: 'drop', describe: 'Orders and their cancellations on the same day' },
  'non-products': { choices: ['drop', 'keep'], default: 'drop', describe: 'Postage, fees, discounts, samples' },
  duplicates: { choices: ['drop', 'keep'], describe: 'Lines that agree in every column; dropped unless the file lists single sales' },
  unpriced: { choices: ['drop', 'keep'], describe: 'Lines at a price of 0; dropped where the file numbers its transactions' },
  'stock-outs': { choices: ['missing', 'zero'], default: 'missing', describe: 'Suspected stock-outs: missing sales, or no demand' },
  'partial-periods': { choices: ['drop', 'keep'], default: 'drop', describe: 'A first or last period that the data cover in part' },
  'two-prices': {
    choices: ['refuse', 'mean'],
    default: 'refuse',
    describe: 'Two prices of an item on one day; taken as they are where the file numbers its transactions',
  },
  'unknown-items': { choices: ['refuse', 'drop', 'add'], default: 'refuse', describe: 'Items of the sales that the items file lacks' },
} as const satisfies Readonly<Record<string, Options>>;

/** The same as the import takes them. */
export function cleaningSettings(
  given: InferredOptionTypes<typeof cleaningOptions>,
): Pick<ImportOptions, 'encoding' | 'until' | 'today' | 'cleaning'> {
  return {
    encoding: given.encoding,
    until: given.until,
    today: latestToday(),
    cleaning: {
      returns: given.returns,
      cancellations: given.cancellations,
      nonProducts: given['non-products'],
      duplicates: given.duplicates,
      unpriced: given.unpriced,
      stockOuts: given['stock-outs'],
      twoPrices: given['two-prices'],
      partialPeriods: given['partial-periods'],
      unknownItems: given['unknown-items'],
    },
  };
}

/** The day that it is now where it is latest on Earth, 14 hours ahead of Greenwich: no sale can have been made after it. */
export function latestToday(): string {
  return new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
}

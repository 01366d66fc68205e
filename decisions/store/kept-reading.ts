import { z } from 'zod';
import type { RecommendationRecord } from '../../experiments/index.ts';
import type { CleaningOptions, ImportOptions } from '../../forecasting/index.ts';

const dropOrKeep = z.enum(['drop', 'keep']).optional();

const reading = z.object({
  map: z.record(z.string(), z.string()).optional(),
  dates: z.enum(['DMY', 'MDY', 'YMD']).optional(),
  decimal: z.enum(['point', 'comma']).optional(),
  encoding: z.enum(['utf-8', 'utf-16', 'latin-1']).optional(),
  period: z.enum(['day', 'week', 'month']).optional(),
  cleaning: z
    .object({
      returns: z.enum(['drop', 'net']).optional(),
      cancellations: dropOrKeep,
      nonProducts: dropOrKeep,
      duplicates: dropOrKeep,
      unpriced: dropOrKeep,
      stockOuts: z.enum(['missing', 'zero']).optional(),
      partialPeriods: dropOrKeep,
      twoPrices: z.enum(['mean', 'refuse']).default('refuse'),
    })
    .default({ twoPrices: 'refuse' }),
});

/** Columns of other tables may have been named along with them. */
const SALES_COLUMNS = new Set(['date', 'item', 'quantity', 'price', 'description', 'category', 'transaction', 'customer']);

/** What may be said of newer sales where they are written otherwise than those of the run. */
export interface NewerReading extends Pick<ImportOptions, 'map' | 'dates' | 'decimal' | 'encoding' | 'today'> {
  /** Sales of an item on one day at prices that differ: averaged, or refused unless the file lists transactions. */
  readonly twoPrices?: CleaningOptions['twoPrices'];
}

/** How a run's files were read: newer ones are read likewise unless something else is said. */
export function keptReading(record: RecommendationRecord, said: NewerReading = {}): Omit<ImportOptions, 'sales'> {
  const { success, data } = reading.safeParse(record.reading);
  const kept = success ? data : reading.parse({});
  const map = Object.fromEntries(Object.entries(kept.map ?? {}).filter(([name]) => SALES_COLUMNS.has(name)));
  const twoPrices = said.twoPrices ?? kept.cleaning.twoPrices;
  return { ...kept, map, ...formSaid(said), today: said.today, cleaning: { ...kept.cleaning, twoPrices } };
}

/** How files are written, as far as it was said. */
export function formSaid({ map, dates, decimal, encoding }: NewerReading): Pick<ImportOptions, 'map' | 'dates' | 'decimal' | 'encoding'> {
  const named = map !== undefined && Object.keys(map).length > 0;
  const said = Object.entries({ dates, decimal, encoding }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(said), ...(named ? { map } : {}) };
}

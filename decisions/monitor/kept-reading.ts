import { z } from 'zod';
import type { RecommendationRecord } from '../../experiments/index.ts';
import type { ImportOptions } from '../../forecasting/index.ts';

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
    })
    .optional(),
});

/** Columns of other tables may have been named along with them. */
const SALES_COLUMNS = new Set(['date', 'item', 'quantity', 'price', 'description', 'category', 'transaction', 'customer']);

/** How a run's files were read: newer ones are read likewise unless something else is said. */
export function keptReading(record: RecommendationRecord): Omit<ImportOptions, 'sales'> {
  const { success, data } = reading.safeParse(record.reading);
  if (!success) return {};
  const map = Object.fromEntries(Object.entries(data.map ?? {}).filter(([name]) => SALES_COLUMNS.has(name)));
  return { ...data, map };
}

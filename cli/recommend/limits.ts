import type { InferredOptionTypes, Options } from 'yargs';
import type { Limits } from '../../decisions/index.ts';
import type { ImportOptions } from '../../forecasting/index.ts';
import { realNumber } from '../options.ts';

/** Limits that items share. */
export const limitOptions = {
  budget: realNumber({ name: 'budget', least: 0, describe: 'Money for all orders of today' }),
  storage: realNumber({ name: 'storage', least: 0, describe: 'Volume that all stock may take up when the orders arrive' }),
  suppliers: {
    type: 'string',
    requiresArg: true,
    describe: 'Table with supplier[,minimumValue,minimumUnits]: the least that each takes orders for',
  },
  'full-pallets': { type: 'boolean', default: false, describe: 'Order items that have a packSize in whole pallets' },
} as const satisfies Record<string, Options>;

export async function readLimits(
  given: InferredOptionTypes<typeof limitOptions>,
  { map, decimal, encoding }: Pick<ImportOptions, 'map' | 'decimal' | 'encoding'>,
): Promise<Limits> {
  const { readSuppliers } = await import('../../decisions/index.ts');
  const { budget, storage } = given;
  const suppliers = given.suppliers === undefined ? undefined : await readSuppliers({ path: given.suppliers, map, decimal, encoding });
  return { budget, storage, suppliers, fullPallets: given['full-pallets'] };
}

import { type ItemTableOptions, readItemTable } from '../../forecasting/index.ts';
import type { SupplierMinimum } from './fit-to-limits.ts';

/** Reads supplier[,minimumValue][,minimumUnits]. @throws UserError with file, line and column */
export async function readSuppliers(
  options: Pick<ItemTableOptions, 'path' | 'map' | 'decimal' | 'encoding'>,
): Promise<Map<string, SupplierMinimum>> {
  const numbers = ['minimumValue', 'minimumUnits'] as const;
  const table = await readItemTable({ ...options, needed: ['supplier'], optional: numbers, numbers });
  const suppliers = new Map<string, SupplierMinimum>();
  for (let row = 0; row < table.rows; row++) {
    const supplier = table.text(row, 'supplier');
    if (supplier === '' || suppliers.has(supplier))
      await table.refuse(row, 'supplier', 'each supplier once, by its name in the items file');
    const [value, units] = numbers.map((name) => table.number(row, name) ?? 0);
    if (value < 0 || units < 0) await table.refuse(row, value < 0 ? 'minimumValue' : 'minimumUnits', 'a number, 0 or more, or nothing');
    suppliers.set(supplier, { value, units });
  }
  return suppliers;
}

export { dayName, dayNumber, periodOfDay, startOfPeriod, weekdayOf } from './calendar.ts';
export { importSales } from './import-sales.ts';
export { type ItemTable, type ItemTableOptions, readItemTable } from './item-table.ts';
export type { CleaningOptions, DateForm, Finding, ImportedSales, ImportOptions, ImportReport } from './options.ts';
export { markStockOuts } from './stock-outs.ts';

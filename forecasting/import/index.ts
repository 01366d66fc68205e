export { dayName, dayNumber, periodOfDay, startOfPeriod, weekdayOf } from './calendar.ts';
export { importSales } from './import-sales.ts';
export type { CleaningOptions, DateForm, Finding, ImportedSales, ImportOptions, ImportReport } from './options.ts';

export { csvLines } from './csv-text.ts';
export { type ExportResult, exportRuns } from './export-runs.ts';
export { type QueryOptions, type QueryResult, queryRuns } from './query-runs.ts';
export { describeViews, VIEWS, type View } from './views.ts';

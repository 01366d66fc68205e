export { type ReportOptions, type ReportResult, report } from './report.ts';
export { REPORT_FORMATS, type ReportFormat } from './write-report.ts';

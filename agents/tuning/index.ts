export { type RecordOptions, recordDemand } from './recorded-demand.ts';
export { type TunedPolicy, type TuneOptions, tune } from './tune.ts';

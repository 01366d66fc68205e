export { type TunedPolicy, type TuneOptions, tune } from './tune.ts';

export type { FeatureGroup } from './feature-group.ts';
export { createFeatureSet, type FeatureOptions, type FeatureSet } from './feature-set.ts';
export { type HolidayCalendar, holidaysAround, loadHolidays } from './holidays.ts';
export { designRows, type FeatureRows, type RowOptions } from './rows.ts';
export { measureScaling, type Scaling, standardise } from './standardise.ts';
export { textFeatures } from './text-features.ts';

export * from './baselines/index.ts';
export * from './exact/index.ts';
export * from './learning/index.ts';
export type { Policy, PolicyParameters } from './policy.ts';
export * from './tuning/index.ts';

export * from './baselines/index.ts';
export * from './exact/index.ts';
export * from './learning/index.ts';
export type { Policy, PolicyChoices, PolicyExplanation, PolicyParameters, PolicyRule } from './policy.ts';
export * from './tuning/index.ts';
export * from './universal/index.ts';

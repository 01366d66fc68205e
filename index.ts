export * from './agents/index.ts';
export * from './dashboard/index.ts';
export * from './env/index.ts';
export * from './experiments/index.ts';
export * from './forecasting/index.ts';
export * from './scenarios/index.ts';

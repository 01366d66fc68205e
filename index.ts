export * from './env/index.ts';

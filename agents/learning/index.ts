export { type ActingNetwork, type ActingNetworkParts, createActingNetwork, restoreActingNetwork } from './acting-network.ts';
export { type AdvantageInputs, estimateAdvantages } from './advantages.ts';
export { type DclConfig, type DclSettings, dclConfigSchema } from './dcl/config.ts';
export { createDcl, type DclOptions, DclTrainer } from './dcl/trainer.ts';
export { type DqnConfig, type DqnSettings, dqnConfigSchema } from './dqn/config.ts';
export { createDqn, type DqnOptions, DqnTrainer } from './dqn/trainer.ts';
export { type PpoConfig, type PpoSettings, ppoConfigSchema } from './ppo/config.ts';
export { createPpo, type PpoOptions, PpoTrainer } from './ppo/trainer.ts';
export type { Metrics, Trainer } from './trainer.ts';

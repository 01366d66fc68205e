export { digamma, LOSSES, type Loss, type LossName, PINBALL_LEVELS } from './losses.ts';
export { createOptimiser, type Optimiser, type OptimiserOptions } from './optimisers.ts';
export { createSalesNetwork, type NetworkShape as SalesNetworkShape, type SalesNetwork } from './sales-network.ts';
export { addGradient, type NetworkRows, type TrainOptions, type TrainResult, trainNetwork } from './train.ts';

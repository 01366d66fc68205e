export { Adam, type AdamOptions, clipNorm } from './adam.ts';
export { type Archive, type ArchiveArray, decodeArchive, encodeArchive } from './archive.ts';
export { type BackendName, openTensors, type TensorBackend, type TensorLibrary } from './backend.ts';
export { heWeights, orthogonalWeights } from './initial-weights.ts';
export { KeptArrays } from './kept-arrays.ts';
export { MatrixProducts } from './matrix-product.ts';
export { Mlp, type OutputGradient } from './mlp.ts';
export { PlainNetwork } from './plain-network.ts';
export { type Activation, type Layer, layersOf, type NetworkShape, parameterCount } from './shape.ts';

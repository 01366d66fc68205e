export { type CacheOptions, cachedEmbedder } from './cache.ts';
export { type EmbedderName, type EmbedderSearch, type EmbedOptions, embedTexts, type TextVectors } from './embed-texts.ts';
export { cosine, type Embedder, isBlank, sideBySide } from './embedder.ts';
export { hashingEmbedder } from './hashing.ts';
export { reduceVectors } from './reduce.ts';
export { type StaticOptions, staticEmbedder } from './static.ts';
export { type ModelSource, modelFile, modelSources, type TransformerOptions, transformerEmbedder } from './transformer.ts';

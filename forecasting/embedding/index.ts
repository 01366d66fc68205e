export { type CacheOptions, cachedEmbedder } from './cache.ts';
export { type EmbedderName, type EmbedOptions, embedTexts, type TextVectors } from './embed-texts.ts';
export { cosine, type Embedder } from './embedder.ts';
export { hashingEmbedder } from './hashing.ts';
export { type ModelSource, modelFile, modelSources, type TransformerOptions, transformerEmbedder } from './transformer.ts';

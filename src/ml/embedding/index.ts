export * from './fit-subword-embedder.ts';
export { loadSubwordEmbedder, type SubwordEmbedder } from './subword-embedder.ts';

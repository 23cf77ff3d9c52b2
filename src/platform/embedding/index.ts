export { learnBuiltinEmbedder, openBuiltinEmbedder } from './builtin-embedder.ts';
export { openOnnxEmbedder } from './open-onnx-embedder.ts';
export { openOpenAiEmbedder } from './openai-embedder.ts';
export type { OnnxEmbedderSettings, Pooling, TextEmbedder } from './port.ts';
export { openReopeningEmbedder } from './reopen-embedder.ts';

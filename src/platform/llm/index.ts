export { createLlm, type LlmOptions, openAiBaseUrl } from './create-llm.ts';
export type {
  LlmCall,
  LlmFailure,
  LlmFailureReason,
  LlmHealth,
  LlmPort,
  LlmResult,
  LlmSuccess,
  LlmTokens,
  ObjectRequest,
  TextRequest,
  TextStream,
  Timing,
} from './port.ts';
export * from './spending/index.ts';

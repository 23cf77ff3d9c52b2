export { createLlm, type LlmOptions, openAiBaseUrl } from './create-llm.ts';
export {
  type LlmCall,
  type LlmFailure,
  type LlmFailureReason,
  type LlmHealth,
  type LlmPort,
  type LlmResult,
  type LlmSuccess,
  type LlmTokens,
  llmFailureReasons,
  type ObjectRequest,
  type TextRequest,
  type Timing,
} from './port.ts';

export { createMasker, type Masker, type MaskerOptions } from './create-masker.ts';
export { type MaskKind, maskKinds } from './kinds.ts';
export { maskTexts } from './mask-texts.ts';
export { maskedLlm } from './masked-llm.ts';
export { type MaskingMode, maskingModes, needsMasking } from './masking-mode.ts';

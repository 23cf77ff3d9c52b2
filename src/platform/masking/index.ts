export { createMasker } from './create-masker.ts';
export { findPersonalData } from './find-personal-data.ts';
export { personalKinds } from './kinds.ts';
export { maskTexts } from './mask-texts.ts';
export { maskedLlm } from './masked-llm.ts';
export { needsMasking } from './masking-mode.ts';

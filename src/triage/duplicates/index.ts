export { createDuplicateReader, type DuplicateReader, type TextToCompare } from './duplicate-reader.ts';
export { DuplicateWindow, type FindOptions, type FoundDuplicate } from './duplicate-window.ts';
export { decodeFingerprint, encodeFingerprint, type Fingerprint } from './fingerprint.ts';
export { comparePair, sameProblem } from './same-problem.ts';

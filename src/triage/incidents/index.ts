export {
  createDuplicateDetection,
  type Detected,
  type DetectionParts,
  type DuplicateDetection,
} from './detect-duplicates.ts';
export { mayWait } from './may-wait.ts';
export { readDuplicateVerdict, readDuplicateVerdicts, readHoldingIncident } from './stores/members.ts';
export type * from './types.ts';

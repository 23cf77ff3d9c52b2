export * from '../stores/change-incidents.ts';
export { insertEvents, type NewIncidentEvent } from '../stores/incidents.ts';
export { lockDuplicates } from '../stores/lock.ts';
export { forgetFingerprints, readDuplicateVerdict, readHoldingIncident } from '../stores/members.ts';
export * from '../stores/read-incidents.ts';
export * from '../stores/released-members.ts';
export * from '../stores/replies.ts';
export {
  createDuplicateDetection,
  type Detected,
  type DetectionParts,
  type DuplicateDetection,
} from './detect-duplicates.ts';
export { mayWait, namesProblem, reportsProblem } from './may-wait.ts';
export type * from './types.ts';

export { decide, type PolicyInput, policyVersion } from './decide.ts';
export { raisePriority } from './priority.ts';

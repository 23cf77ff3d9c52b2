export { type LeakOptions, type Leaks, leakingRows } from './leaking-rows.ts';
export {
  type NearDuplicateGroups,
  type NearDuplicateOptions,
  nearDuplicateGroups,
  nearDuplicateSteps,
} from './near-duplicate-groups.ts';
export { type WordVectors, wordVectors } from './word-vectors.ts';

export type { DraftProblem, DraftProblemKind } from './check-draft.ts';
export { type DecisionResult, decideWithModel } from './decide-with-model.ts';
export { type DraftRequest, type DraftResult, draftWithModel } from './draft-with-model.ts';
export { type JudgeRequest, judgeWithModel } from './judge-with-model.ts';
export type { ModelContext, ModelFailure, ModelTools } from './model-call.ts';

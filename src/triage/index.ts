export { assessText } from './assess-text.ts';
export type { BreakerSettings, BreakerState } from './breaker.ts';
export { type BreakerHears, type FastModel, type GuardedTriage, guardTriage } from './breaker-triage.ts';
export { type Classification, classify } from './classify.ts';
export { createTriage, type TextToTriage, type Triage } from './create-triage.ts';
export * from './duplicates/index.ts';
export type { SimilarTicket } from './examples.ts';
export { defaultTriageSettings } from './fit-parts.ts';
export * from './incidents/index.ts';
export { isOnlyGreeting } from './is-only-greeting.ts';
export { isOnlyThanks } from './is-only-thanks.ts';
export { loadTriageModel, modelContents, saveTriageModel } from './model-file.ts';
export { priorityOf } from './priority.ts';
export type { Entity } from './profile/entity.ts';
export { findEntities } from './profile/find-entities.ts';
export { type EntityNames, entityNames } from './profile/product-finders.ts';
export { profileColumns, profileVector } from './profile/profile-vector.ts';
export { profileText, type TextProfile } from './profile/text-profile.ts';
export * from './report/index.ts';
export { lengthOf, logit, shareOf } from './score-cues.ts';
export { findSignals } from './signals.ts';
export { type TopicModel, type TopicOptions, trainTopics } from './topics.ts';
export { loadTopics, saveTopics } from './topics-file.ts';
export { TopicReader, type TopicShare } from './topics-reader.ts';
export { type Training, trainAndCheck, trainTriageModel } from './train-classifier.ts';
export { figuresOf, type Guess, guessTickets } from './training-metrics.ts';
export {
  type LabelledTicket,
  type ModelFigures,
  type TrainingMetrics,
  type TriageModel,
  ticketText,
} from './triage-model.ts';
export { blendUrgency, cueFindings, findUrgencyCues } from './urgency-cues.ts';
export { type CueKind, cueKinds } from './urgency-kinds.ts';
export { variantNamed } from './variants.ts';

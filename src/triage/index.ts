export { assessText } from './assess-text.ts';
export { type Classification, classify } from './classify.ts';
export { createTriage, type TextToTriage, type Triage } from './create-triage.ts';
export { defaultTriageSettings } from './fit-parts.ts';
export { loadTriageModel, saveTriageModel } from './model-file.ts';
export { priorityOf } from './priority.ts';
export { type Entity, type EntityKind, entityKinds } from './profile/entity.ts';
export { findEntities } from './profile/find-entities.ts';
export { type EntityNames, entityNames } from './profile/product-finders.ts';
export { profileColumns, profileVector } from './profile/profile-vector.ts';
export { profileText, type TextProfile } from './profile/text-profile.ts';
export { lengthOf, logit, shareOf } from './score-cues.ts';
export { defaultVariant, type Training, trainAndCheck, trainTriageModel } from './train-classifier.ts';
export { evaluateTriageModel, figuresOf, type Guess, guessTickets } from './training-metrics.ts';
export {
  type LabelledTicket,
  type ModelFigures,
  type TrainingMetrics,
  type TriageModel,
  ticketText,
} from './triage-model.ts';
export { blendUrgency, cueFindings, findUrgencyCues } from './urgency-cues.ts';
export { type CueKind, cueKinds } from './urgency-kinds.ts';
export { isVariant, type Variant, variantNamed, variants } from './variants.ts';

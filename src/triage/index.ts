export { assessText } from './assess-text.ts';
export { type Classification, classify } from './classify.ts';
export { createTriage, type TextToTriage, type Triage } from './create-triage.ts';
export { loadTriageModel, saveTriageModel } from './model-file.ts';
export { priorityOf } from './priority.ts';
export { lengthOf, logit, shareOf } from './score-cues.ts';
export { defaultTriageSettings, trainTriageModel } from './train-classifier.ts';
export { evaluateTriageModel } from './training-metrics.ts';
export {
  type LabelledTicket,
  type ModelFigures,
  type TrainingMetrics,
  type TriageModel,
  ticketText,
} from './triage-model.ts';
export { blendUrgency, cueFindings, findUrgencyCues } from './urgency-cues.ts';
export { type CueKind, cueKinds } from './urgency-kinds.ts';

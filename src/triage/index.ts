export { type Classification, type Contribution, classify, explainCategory } from './classify.ts';
export { createTriage, type TextToTriage, type Triage } from './create-triage.ts';
export { loadTriageModel, saveTriageModel } from './model-file.ts';
export {
  defaultTriageSettings,
  type LabelledTicket,
  type TrainingOptions,
  type TriageSettings,
  trainTriageModel,
} from './train-classifier.ts';
export { type ScopeMethod, type TrainingMetrics, type TriageModel, ticketText } from './triage-model.ts';

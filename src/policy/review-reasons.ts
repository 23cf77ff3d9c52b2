/** Who asked for a person: a rule of the policy, a guardrail, or what happened to the run. */
export type ReasonSource = 'rule' | 'guardrail' | 'run';

export interface ReviewReason {
  readonly source: ReasonSource;
  readonly en: string;
  readonly de: string;
}

/**
 * The one table of reasons for which a person is asked; a review carries one of these codes. Rules are those of
 * decide.ts, guardrails those of ticket/verdicts.ts (a test holds both against this table).
 */
export const reviewReasons = {
  'model-available': {
    source: 'rule',
    en: 'The language model failed',
    de: 'Das Sprachmodell ist ausgefallen',
  },
  'no-wish-for-a-person': {
    source: 'rule',
    en: 'The customer asks for a person',
    de: 'Der Kunde möchte mit einem Menschen sprechen',
  },
  'no-reason-for-a-person': {
    source: 'rule',
    en: 'Something that only a person can do',
    de: 'Etwas, das nur ein Mensch tun kann',
  },
  'open-incident': {
    source: 'rule',
    en: 'Member of an open incident',
    de: 'Gehört zu einer offenen Störung',
  },
  'not-urgent': { source: 'rule', en: 'Urgent', de: 'Dringend' },
  'category-trusted': { source: 'rule', en: 'No category is trustworthy', de: 'Keine Kategorie ist verlässlich' },
  'guardrail-ok': {
    source: 'rule',
    en: 'A guardrail held the draft back',
    de: 'Eine Prüfung hielt den Entwurf zurück',
  },
  'has-citation': { source: 'rule', en: 'No source for the answer', de: 'Keine Quelle für die Antwort' },
  'model-agrees': {
    source: 'rule',
    en: 'The language model sees another intent',
    de: 'Das Sprachmodell sieht ein anderes Anliegen',
  },
  'confidence-at-threshold': {
    source: 'rule',
    en: 'Not sure enough of the category',
    de: 'Die Kategorie ist nicht sicher genug',
  },
  'judge-vouches': {
    source: 'rule',
    en: 'The judge is not sure enough to make up for the router',
    de: 'Die Bewertung ist nicht sicher genug, um die Zuordnung auszugleichen',
  },
  'answered-before': {
    source: 'rule',
    en: 'Answered automatically before, and it came back',
    de: 'Schon einmal automatisch beantwortet und wiedergekommen',
  },
  ROUTER_LOW_CONFIDENCE_ESCALATE: {
    source: 'guardrail',
    en: 'The category is a guess',
    de: 'Die Kategorie ist geraten',
  },
  LLM_POOR_ANSWER_RETRY: {
    source: 'guardrail',
    en: 'The draft was judged too weak, twice',
    de: 'Der Entwurf war zweimal zu schwach',
  },
  NO_PASSAGE_ESCALATE: {
    source: 'guardrail',
    en: 'The knowledge has no answer to it',
    de: 'Das Wissen hat keine Antwort darauf',
  },
  MODEL_FAILURE_ESCALATE: {
    source: 'guardrail',
    en: 'The language model gave no usable draft',
    de: 'Das Sprachmodell lieferte keinen brauchbaren Entwurf',
  },
  PERSON_REQUESTED_ESCALATE: {
    source: 'guardrail',
    en: 'The customer asks for a person',
    de: 'Der Kunde möchte mit einem Menschen sprechen',
  },
  UNSAFE_ANSWER_ESCALATE: {
    source: 'guardrail',
    en: 'The draft promises or claims what it must not',
    de: 'Der Entwurf verspricht oder behauptet, was er nicht darf',
  },
  PERSONAL_DATA_ESCALATE: {
    source: 'guardrail',
    en: "The draft holds somebody else's data",
    de: 'Der Entwurf enthält Daten anderer',
  },
  FRUSTRATED_CUSTOMER_ESCALATE: {
    source: 'guardrail',
    en: 'The customer is frustrated, not for the first time',
    de: 'Der Kunde ist nicht zum ersten Mal verärgert',
  },
  OUT_OF_SCOPE_ESCALATE: {
    source: 'guardrail',
    en: 'Nothing that this desk is there for',
    de: 'Nichts, wofür diese Stelle da ist',
  },
  'newer-message': {
    source: 'run',
    en: 'The customer wrote again meanwhile',
    de: 'Der Kunde hat inzwischen wieder geschrieben',
  },
  'person-took-over': {
    source: 'run',
    en: 'A person took over meanwhile',
    de: 'Ein Mensch hat inzwischen übernommen',
  },
  'run-failed': { source: 'run', en: 'A step failed', de: 'Ein Schritt ist fehlgeschlagen' },
} as const satisfies Readonly<Record<string, ReviewReason>>;

export type ReviewReasonCode = keyof typeof reviewReasons;

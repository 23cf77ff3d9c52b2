import type { AnsweringVerdict, GuardrailAction, KnowledgeVerdict, TriageVerdict } from '../../ticket/index.ts';

export interface RunToRead {
  /** What the customer wrote, as the run read it. */
  readonly text: string;
  readonly triage: Pick<TriageVerdict, 'personReasons' | 'signals'>;
  readonly knowledge: Pick<KnowledgeVerdict, 'found'>;
  readonly answering: Pick<AnsweringVerdict, 'asks' | 'guardrail'>;
}

/** What is held back for another reason than that nothing is known. */
const otherReasons = new Set<GuardrailAction>([
  'PERSON_REQUESTED_ESCALATE',
  'MODEL_FAILURE_ESCALATE',
  'UNSAFE_ANSWER_ESCALATE',
  'PERSONAL_DATA_ESCALATE',
  'FRUSTRATED_CUSTOMER_ESCALATE',
]);

const most = { questions: 5, characters: 300 } as const;

/**
 * The questions of a message to which the knowledge had no answer (K5), at most five: all it asked when nothing was
 * found, else what had to be deferred. What seems out of scope counts, too: a person says by dismissing that it is. What
 * only a person can do anyway (a cancellation) is no gap, nor is a message that went to a person for another reason.
 */
export function missingQuestions({ text, triage, knowledge, answering }: RunToRead): string[] {
  const { asks, guardrail } = answering;
  if (otherReasons.has(guardrail) || triage.signals.wantsPerson || triage.personReasons.length > 0) return [];
  const nothing = !knowledge.found || guardrail === 'NO_PASSAGE_ESCALATE';
  const missing = asks.filter(({ outcome }) => nothing || outcome === 'deferred').map(({ ask }) => ask);
  const questions = missing.length === 0 && nothing ? [text] : missing;
  const short = questions.map(shorten).filter((question) => /\p{L}{3}/u.test(question));
  return [...new Set(short)].slice(0, most.questions);
}

/** On one line; cut at a space, never within a character. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most.characters) return line;
  const cut = line.lastIndexOf(' ', most.characters - 1);
  const end = cut > most.characters / 2 ? cut : most.characters - 1;
  return `${line.slice(0, end).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

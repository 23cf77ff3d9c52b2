import type { Draft, JudgeVerdict, Language, Passage } from '../../ticket/index.ts';
import { judgeAnswer } from './heuristic-judge.ts';

export interface QuotedAnswer {
  readonly subject: string;
  readonly question: string;
  readonly language: Language;
  /** A sentence as it stands in `source`. */
  readonly quote: string;
  readonly source: Passage;
  readonly passages: readonly Passage[];
}

/** How the judge finds a bare quote as the answer: for evaluations, and for an agent who picks a sentence. */
export function scoreQuote({ subject, question, language, quote, source, passages }: QuotedAnswer): JudgeVerdict {
  const draft: Draft = {
    method: 'template',
    strategy: 'quote',
    tone: 'concise',
    language,
    text: quote,
    citations: [{ document: source.document, heading: source.heading, quote }],
    promptHash: '',
    model: null,
    tokens: null,
  };
  return judgeAnswer({ subject, question, language, draft, passages });
}

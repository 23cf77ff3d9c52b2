import type { Citation, Language, Passage } from '../../ticket/index.ts';
import { needsNoCitation } from './courtesy.ts';
import { findSupport, isInOtherLanguage } from './find-support.ts';
import { addressesIn, numbersIn, numbersSaid } from './find-values.ts';
import type { DraftSentence, ReadDraft } from './read-draft.ts';

/**
 * `uncited` a factual sentence without a passage · `unknown-passage` a number that no passage has · `unsupported`
 * the cited passage shares no word with it · `number` a number that neither the cited passages nor the message
 * have · `address` a web or mail address, telephone number or IBAN that no passage has · `language` not the
 * customer's · `leak` repeats the marks of its instructions · `placeholder` something was left to fill in.
 */
export type DraftProblemKind =
  | 'uncited'
  | 'unknown-passage'
  | 'unsupported'
  | 'number'
  | 'address'
  | 'language'
  | 'leak'
  | 'placeholder';

export interface DraftProblem {
  readonly kind: DraftProblemKind;
  /** In words, with the sentence it is about; also told to the model at the second attempt. */
  readonly detail: string;
}

export interface CheckedDraft {
  readonly citations: readonly Citation[];
  readonly problems: readonly DraftProblem[];
}

interface Sources {
  readonly passages: readonly Passage[];
  readonly subject: string;
  readonly message: string;
  readonly language: Language;
  readonly fence: string;
}

/** Each citation with the exact sentence of its passage, and everything that speaks against sending the draft. */
export function checkDraft(draft: ReadDraft, sources: Sources): CheckedDraft {
  const citations = new Map<string, Citation>();
  const problems = wholeProblems(draft, sources);
  for (const sentence of draft.sentences) {
    problems.push(...sentenceProblems(sentence, sources));
    for (const citation of citationsOf(sentence, sources))
      citations.set(`${citation.document}\n${citation.quote}`, citation);
  }
  return { citations: [...citations.values()], problems };
}

function citationsOf(sentence: DraftSentence, { passages }: Sources): Citation[] {
  return sentence.cites.flatMap((n) => {
    const passage = passages[n - 1];
    if (passage === undefined) return [];
    const { quote } = findSupport(sentence.text, passage.text);
    return [{ document: passage.document, heading: passage.heading, quote }];
  });
}

function wholeProblems({ body }: ReadDraft, { language, fence }: Sources): DraftProblem[] {
  const problems: DraftProblem[] = [];
  const add = (kind: DraftProblemKind, detail: string) => problems.push({ kind, detail });
  if (body.includes(fence) || /<<<\s*\w+|\w+\s*>>>|Signalbox task:/i.test(body))
    add('leak', 'The text repeats the marks of its instructions.');
  const left = /\[[^\]\n]{2,60}\]|\{\{|\}\}|<(?:[A-Z][A-Za-z _]{2,30})>/.exec(body);
  if (left !== null) add('placeholder', `Something was left to fill in: ${left[0]}`);
  if (language !== 'other' && isInOtherLanguage(body, language))
    add('language', `The text is not in ${language === 'de' ? 'German' : 'English'}.`);
  return problems;
}

function sentenceProblems(sentence: DraftSentence, sources: Sources): DraftProblem[] {
  const { text, cites } = sentence;
  const cited = cites.map((n) => sources.passages[n - 1]).filter((p) => p !== undefined);
  const problems: DraftProblem[] = [];
  const add = (kind: DraftProblemKind, what: string) => problems.push({ kind, detail: `${what}: ${text}` });
  const unknown = cites.filter((n) => n < 1 || n > sources.passages.length);
  if (unknown.length > 0) add('unknown-passage', `Passage ${unknown.join(', ')} does not exist`);
  else if (cites.length === 0 && !needsNoCitation(text)) add('uncited', 'No passage is cited for');
  if (cited.length > 0 && !isCarried(text, cited, sources.language))
    add('unsupported', 'The cited passage does not say this');
  const number = foreignNumber(text, cited, sources);
  if (number !== undefined) add('number', `The number ${number} is not in the cited passage`);
  const known = addressesIn(sources.passages.map((p) => p.text).join('\n'));
  const address = [...addressesIn(text)].find((a) => !known.has(a));
  if (address !== undefined) add('address', `${address} is in no passage`);
  return problems;
}

/** At least one shared content word; across languages words say nothing. */
function isCarried(text: string, cited: readonly Passage[], language: Language): boolean {
  return cited.some((p) => p.language !== language || findSupport(text, `${p.heading}.\n\n${p.text}`).share > 0);
}

function foreignNumber(text: string, cited: readonly Passage[], sources: Sources): string | undefined {
  if (cited.length === 0) return undefined;
  const known = numbersSaid(
    [...cited.flatMap((p) => [p.heading, p.text]), sources.subject, sources.message].join('\n'),
  );
  return [...numbersIn(text)].find((n) => !known.has(n));
}

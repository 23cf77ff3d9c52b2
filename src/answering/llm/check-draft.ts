import type { Citation, Language, Passage } from '../../ticket/index.ts';
import { needsNoCitation } from './courtesy.ts';
import { findSupport, isInOtherLanguage, readSource, type Source } from './find-support.ts';
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

/** A passage with what is looked up in it for every sentence. */
interface CitedPassage {
  readonly passage: Passage;
  readonly source: Source;
  readonly numbers: ReadonlySet<string>;
}

interface Known {
  readonly passages: readonly CitedPassage[];
  readonly language: Language;
  /** Numbers that the customer wrote: a draft may name the customer's invoice. */
  readonly given: ReadonlySet<string>;
  /** Addresses of all passages; those of the message are not among them. */
  readonly addresses: ReadonlySet<string>;
}

/** Each citation with the exact sentence of its passage, and everything that speaks against sending the draft. */
export function checkDraft(draft: ReadDraft, sources: Sources): CheckedDraft {
  const known = readSources(sources);
  const citations = new Map<string, Citation>();
  const problems = wholeProblems(draft, sources);
  for (const sentence of draft.sentences) {
    problems.push(...sentenceProblems(sentence, known));
    for (const citation of citationsOf(sentence, known))
      citations.set(`${citation.document}\n${citation.quote}`, citation);
  }
  return { citations: [...citations.values()], problems };
}

function readSources({ passages, subject, message, language }: Sources): Known {
  return {
    passages: passages.map((passage) => ({
      passage,
      source: readSource(passage),
      numbers: numbersSaid(`${passage.heading}\n${passage.text}`),
    })),
    language,
    given: numbersSaid(`${subject}\n${message}`),
    addresses: addressesIn(passages.map((p) => p.text).join('\n')),
  };
}

function citationsOf(sentence: DraftSentence, known: Known): Citation[] {
  return citedBy(sentence, known).map(({ passage: { document, heading }, source }) => ({
    document,
    heading,
    quote: findSupport(sentence.text, source).quote,
  }));
}

function citedBy({ cites }: DraftSentence, known: Known): CitedPassage[] {
  return cites.map((n) => known.passages[n - 1]).filter((p) => p !== undefined);
}

function wholeProblems({ body }: ReadDraft, { language, fence }: Sources): DraftProblem[] {
  const problems: DraftProblem[] = [];
  const add = (kind: DraftProblemKind, detail: string) => problems.push({ kind, detail });
  if (body.includes(fence) || /<<<|>>>|Signalbox task:/i.test(body))
    add('leak', 'The text repeats the marks of its instructions.');
  const left = /\[[^\]\n]{2,60}\]|\{\{|\}\}|<(?:[A-Z][A-Za-z _]{2,30})>/.exec(body);
  if (left !== null) add('placeholder', `Something was left to fill in: ${left[0]}`);
  if (language !== 'other' && isInOtherLanguage(body, language))
    add('language', `The text is not in ${language === 'de' ? 'German' : 'English'}.`);
  return problems;
}

function sentenceProblems(sentence: DraftSentence, known: Known): DraftProblem[] {
  const { text, cites } = sentence;
  const cited = citedBy(sentence, known);
  const problems: DraftProblem[] = [];
  const add = (kind: DraftProblemKind, what: string) => problems.push({ kind, detail: `${what}: ${text}` });
  const unknown = cites.filter((n) => n < 1 || n > known.passages.length);
  if (unknown.length > 0) add('unknown-passage', `Passage ${unknown.join(', ')} does not exist`);
  else if (cites.length === 0 && !needsNoCitation(text)) add('uncited', 'No passage is cited for');
  if (cited.length > 0) {
    if (!isCarried(text, cited, known.language)) add('unsupported', 'The cited passage does not say this');
    const number = [...numbersIn(text)].find((n) => !known.given.has(n) && !cited.some((p) => p.numbers.has(n)));
    if (number !== undefined) add('number', `The number ${number} is not in the cited passage`);
  }
  const address = [...addressesIn(text)].find((a) => !known.addresses.has(a));
  if (address !== undefined) add('address', `${address} is in no passage`);
  return problems;
}

/** At least one shared content word; across languages words say nothing. */
function isCarried(text: string, cited: readonly CitedPassage[], language: Language): boolean {
  return cited.some(({ passage, source }) => passage.language !== language || findSupport(text, source).share > 0);
}

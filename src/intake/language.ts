import { eld } from 'eld/small';
import type { Language } from '../ticket/index.ts';
import { gatherEvidence, type LanguageEvidence } from './language-evidence.ts';

export interface DetectedLanguage {
  readonly language: Language;
  /** In [0.3, 0.99]; 0.3 says that nothing in the text decides (digits only, "ok", "QH-1042"). */
  readonly confidence: number;
}

/** Nothing to go by: English by agreement, with a confidence that tells so. */
const undecided: DetectedLanguage = { language: 'en', confidence: 0.3 };

/**
 * English, German or another language. Telling words and letters of a text are counted first; where they decide,
 * letter statistics (eld/small) are not asked, which is quicker and steadier on mixed German and English IT speech.
 * Pasted logs and quoted mail do not count while there is prose beside them. O(length), at most about 60 words.
 */
export function detectLanguage(text: string): DetectedLanguage {
  const own = text.length > 80 ? ownProse(text) : text;
  let evidence = gatherEvidence(own);
  if (evidence.letters === 0 && own !== text) evidence = gatherEvidence(text);
  if (evidence.letters === 0) return undecided;
  if (evidence.foreignLetters * 2 > evidence.letters) return { language: 'other', confidence: 0.99 };
  return decideByWords(evidence) ?? decideWithStatistics(evidence);
}

/** The words alone, where they are clear: at least three telling ones and four times those of the other sides. */
function decideByWords({ english, german, other }: LanguageEvidence): DetectedLanguage | null {
  const most = Math.max(english, german);
  const rest = Math.min(english, german) + other;
  if (most < 3 || most < 4 * rest) return null;
  return { language: german > english ? 'de' : 'en', confidence: confidenceOf(1.5 * (most - rest)) };
}

/**
 * Weight of letter statistics beside one telling word, by the number of words (four and more: the last). With the
 * full weight on one or two words "PDF leer" was Dutch and "hello" German. Chosen on subjects of the train split.
 */
const statisticsWeights = [0, 0.9, 5, 9, 12] as const;
/** What a third language must bring beyond English and German, per word missing to eight. */
const otherPriorPerMissingWord = 0.4;

function decideWithStatistics(evidence: LanguageEvidence): DetectedLanguage {
  const scores = eld.detect(evidence.prose).getScores();
  let best = 0;
  for (const code in scores) {
    if (code !== 'en' && code !== 'de') best = Math.max(best, scores[code]!);
  }
  const weight = statisticsWeights[Math.min(4, evidence.words)]!;
  const missing = Math.max(0, 8 - evidence.words);
  const prior = evidence.other > 0 ? 0 : otherPriorPerMissingWord * missing;
  // Two telling words among four say much, among twelve little: Danish has "to", "for" and "at" as well.
  const telling = Math.min(1, 6 / evidence.words);
  const english = telling * evidence.english + weight * (scores['en'] ?? 0);
  const german = telling * evidence.german + weight * (scores['de'] ?? 0);
  const other = telling * evidence.other + weight * best - prior;
  if (english <= 0 && german <= 0 && other <= 0) return undecided;
  const most = Math.max(english, german, other);
  const language = most === other ? 'other' : most === german ? 'de' : 'en';
  const second = english + german + other - most - Math.min(english, german, other);
  return { language, confidence: confidenceOf(most - Math.max(0, second)) };
}

/** A margin of telling words as a probability. */
function confidenceOf(margin: number): number {
  return Math.min(0.99, Math.max(0.34, 1 / (1 + Math.exp(-margin))));
}

/** Lines the customer wrote: not quoted (">"), not a log line or stack trace. The text itself where none is left. */
function ownProse(text: string): string {
  if (!text.includes('\n')) return text;
  let own = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('>') || looksLikeLog(line)) continue;
    own += `${line}\n`;
    if (own.length > 600) break;
  }
  return own.trim() === '' ? text : own;
}

/** More than a quarter digits and signs, or the indented "at …" of a stack trace. */
function looksLikeLog(line: string): boolean {
  if (/^\s+at \S+[.(]/.test(line)) return true;
  let signs = 0;
  let all = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code <= 32) continue;
    all++;
    if (code < 65 || (code > 90 && code < 97) || (code > 122 && code < 127)) signs++;
  }
  return all > 12 && signs * 4 > all;
}

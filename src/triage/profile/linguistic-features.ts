import { type Language, type WordClass, wordClasses } from '../../ticket/index.ts';
import { buildPhrases, findPhrases, fold, type Tokens } from '../lexicon.ts';
import { signalPhrases } from '../signal-lexicon.ts';
import { countOddWords } from './odd-words.ts';
import { type Readability, readabilityOf } from './readability.ts';
import { countWordClasses } from './word-classes.ts';

export interface LinguisticFeatures {
  /** Of at most 800 words read. */
  readonly words: number;
  readonly sentences: number;
  /** Letters and digits of a word. */
  readonly meanWordLength: number;
  readonly meanSentenceLength: number;
  /** Different words by words; falls with the length of a text. 0 for no words, as all shares here. */
  readonly typeTokenRatio: number;
  /** Sentences that end with "?". */
  readonly questions: number;
  /** Sentences that ask for something or command. */
  readonly requests: number;
  readonly exclamations: number;
  /** Capitals among the letters; German has more by its nouns. */
  readonly upperCaseShare: number;
  /** Words of four letters and more in capitals. */
  readonly shoutedShare: number;
  readonly greeting: boolean;
  readonly closing: boolean;
  /** Sie or du; null where the language does not tell or the text does not address anybody. */
  readonly address: 'formal' | 'informal' | null;
  /** Null for few words and other languages than English and German. */
  readonly readability: Readability | null;
  /** Function words, a plain stand-in for parts of speech. */
  readonly wordClassShares: Readonly<Record<WordClass, number>>;
  /** Words of digits. */
  readonly numberShare: number;
  /** Frequent misspellings, doubled words, letters held down: what cheap means find of typing errors. */
  readonly oddWordShare: number;
}

const requestPhrases = buildPhrases<true>(
  signalPhrases.request.split(',').map((phrase) => [phrase.trim(), true] as const),
);
const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(fold));
const englishCommands = wordSet(
  'send fix help check cancel refund give tell call explain change delete remove update reset restore confirm ship ' +
    'replace stop let add contact provide advise resolve look make credit unlock activate deactivate answer',
);
const greetings = wordSet('hi hello hey dear greetings hallo moin servus liebe lieber liebes sehr guten grüß grüezi');
const closings = wordSet(
  'regards sincerely cheers yours best grüße grüßen grüssen gruß gruss mfg lg vg hochachtungsvoll thanks danke dank',
);

/** How a text is written, over one tokenisation. O(words); a text in a third language is counted as English. */
export function findLinguisticFeatures(tokens: Tokens, language: Language): LinguisticFeatures {
  const { words, text } = tokens;
  const spoken = language === 'de' ? 'de' : 'en';
  const total = Math.max(1, words.length);
  const sentences = sentencesOf(tokens);
  const classes = countWordClasses(words, spoken);
  const letters = countLetters(text.slice(0, tokens.ends.at(-1) ?? 0));
  return {
    words: words.length,
    sentences: sentences.length,
    meanWordLength: lengthsOf(tokens) / total,
    meanSentenceLength: words.length / Math.max(1, sentences.length),
    typeTokenRatio: new Set(words).size / total,
    questions: sentences.filter(({ mark }) => mark.includes('?')).length,
    requests: countRequests(tokens, sentences, spoken),
    exclamations: sentences.filter(({ mark }) => mark.includes('!')).length,
    upperCaseShare: letters.capitals / Math.max(1, letters.all),
    shoutedShare: countShouted(tokens) / total,
    greeting: words.slice(0, 12).some((word, i) => greetings.has(word) && isFirst(tokens, i)),
    closing: words.slice(-12).some((word) => closings.has(word)),
    address: spoken === 'de' ? addressOf(tokens) : null,
    readability: language === 'other' ? null : readabilityOf(words, sentences.length, spoken),
    wordClassShares: Object.fromEntries(wordClasses.map((name) => [name, classes[name] / total])) as Record<
      WordClass,
      number
    >,
    numberShare: words.filter((word) => isDigit(word.charCodeAt(0))).length / total,
    oddWordShare: countOddWords(words) / total,
  };
}

/** Words `from` to `to` (exclusive) and the marks behind the last. */
interface SentenceOfWords {
  readonly from: number;
  readonly to: number;
  readonly mark: string;
}

const abbreviations = wordSet(
  'bzw ggf nr ca etc mr mrs ms dr prof inkl exkl zzgl usw evtl str tel abs approx vs vgl art',
);

/** Sentences with a word in them. A point behind an abbreviation, a letter or a small number ends none. */
function sentencesOf({ text, words, starts, ends, sentences }: Tokens): SentenceOfWords[] {
  const found: SentenceOfWords[] = [];
  let from = 0;
  for (let i = 0; i < words.length; i++) {
    const last = i === words.length - 1;
    if (!last && sentences[i] === sentences[i + 1]) continue;
    const mark = text.slice(ends[i], Math.min(ends[i]! + 8, last ? text.length : starts[i + 1]!));
    const word = words[i]!;
    const abbreviated = word.length < 2 || abbreviations.has(word) || /^\d{1,2}$/.test(word);
    if (!last && abbreviated && /^\.[ ]?$/.test(mark)) continue;
    found.push({ from, to: i + 1, mark });
    from = i + 1;
  }
  return found;
}

function countRequests(tokens: Tokens, sentences: readonly SentenceOfWords[], language: 'en' | 'de'): number {
  const asking = new Set(findPhrases(requestPhrases, tokens).map((match) => tokens.sentences[match.from]));
  return sentences.filter(({ from }) => asking.has(tokens.sentences[from]) || commands(tokens, from, language)).length;
}

/** "Send me …", "Schicken Sie …". */
function commands({ words }: Tokens, from: number, language: 'en' | 'de'): boolean {
  const first = words[from]!;
  if (language === 'en') return englishCommands.has(first);
  return first.endsWith('en') && words[from + 1] === 'sie';
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Whether a word begins its line or its sentence. */
const isFirst = ({ sentences }: Tokens, i: number): boolean => i === 0 || sentences[i] !== sentences[i - 1];

const lengthsOf = ({ starts, ends }: Tokens): number => starts.reduce((sum, start, i) => sum + ends[i]! - start, 0);

function countLetters(text: string): { readonly capitals: number; readonly all: number } {
  let [capitals, all] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const capital = (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0xde && code !== 0xd7);
    if (capital) capitals++;
    if (capital || (code >= 97 && code <= 122) || code >= 0xdf) all++;
  }
  return { capitals, all };
}

function countShouted({ text, starts, ends }: Tokens): number {
  let count = 0;
  for (let i = 0; i < starts.length; i++) {
    if (ends[i]! - starts[i]! >= 4 && /^[A-ZÄÖÜ]+$/.test(text.slice(starts[i], ends[i]))) count++;
  }
  return count;
}

const formal = new Set(['Sie', 'Ihnen', 'Ihr', 'Ihre', 'Ihren', 'Ihrem', 'Ihrer', 'Ihres']);
const informal = wordSet('du dich dir dein deine deinen deinem deiner euch euer eure euren eurem eurer');
const informalVerbs = wordSet('habt könnt seid wollt könntet müsst habts könnts');

/** A capital "Sie" within a sentence, or a "du", "euch", "habt ihr". */
function addressOf(tokens: Tokens): 'formal' | 'informal' | null {
  const { text, words, starts, ends } = tokens;
  let balance = 0;
  for (let i = 0; i < words.length; i++) {
    if (informal.has(words[i]!) || informalVerbs.has(words[i]!)) balance--;
    else if (!isFirst(tokens, i) && formal.has(text.slice(starts[i], ends[i]))) balance++;
  }
  return balance === 0 ? null : balance > 0 ? 'formal' : 'informal';
}

import { splitSentences } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import { type AnswerType, findAnswerType } from './answer-type.ts';
import { readTerms, type Term } from './terms.ts';

/** One thing the customer wants to know or to have done. */
export interface Ask {
  readonly text: string;
  readonly type: AnswerType;
  readonly terms: readonly Term[];
  /** Words of the subject and of what the customer told around the ask. */
  readonly context: readonly Term[];
  /** How much the context belongs to the ask, in [0,1]: "What can I do?" means nothing without it. */
  readonly leaning: number;
  /** Relevance of passages for this ask alone, by chunk, where it was searched by itself; absent: that for the message. */
  readonly relevance?: ReadonlyMap<string, number>;
}

export interface Message {
  readonly subject: string;
  readonly body: string;
  readonly language: Language;
}

/** At most so many asks are answered; what is beyond them is told as unanswered by the judge. */
const mostAsks = 6;

const questionWords: Record<'en' | 'de', string> = {
  en: "how|what|what's|when|where|which|who|whom|whose|why|can|could|may|is|are|do|does|did|will|would|should|must|am|until when|by when|since when|from when|for how|at what|at which|in which|in what|on which|to whom|to which|with which|after how|up to",
  de: 'wie|was|wann|wo|wohin|woher|welche[rsmn]?|wer|wem|wen|wessen|warum|weshalb|wieso|kann|könn(?:en|te|t)|kannst|darf|dürfen|ist|sind|gibt|gibts|muss|müssen|soll|sollen|habt|hat|haben|bietet|bieten|brauch(?:e|en|t)|wird|werden|gilt|gelten|bis wann|ab wann|seit wann|an wen|bei wem|wie lange|bis wie|in welche[rsmn]?|an welche[rsmn]?|mit welche[rsmn]?|nach wie|ab wie',
};
const requests: Record<'en' | 'de', RegExp> = {
  en: /\b(?:please|could you|can you|would you|i(?:'d| would) (?:like|love)|i (?:want|need|wish|have) to|i need|i want|we (?:want|need|would like)|tell me|let (?:me|us) know|explain|looking for|help me|wondering|trying to|tried to|i was wondering|curious|not sure|no idea|don't know|can't (?:find|see|figure))\b/i,
  de: /(?<!\p{L})(?:bitte|könn(?:en|te|ten|t) (?:sie|ihr|du)|kannst du|ich (?:möchte|will|würde|brauche|suche|muss|wollte)|wir (?:möchten|wollen|brauchen|würden|suchen|müssen)|sagen sie|sagt mir|teilen sie|erklär\p{L}*|helfen sie|weiß (?:nicht|jemand)|keine ahnung|frage mich|wüsste|finde (?:nicht|nirgends|keine?)|interessiert (?:mich|uns))(?!\p{L})/iu,
};
/** A request beside questions counts when it says so: "please also tell me …". Others only say how to answer them. */
const furtherRequest: Record<'en' | 'de', RegExp> = {
  en: /^(?:and |oh,? )?(?:please|also|could you|can you|i(?:'d| would) also)\b.{0,30}\b(?:also|as well|too)\b|\b(?:please )?also (?:tell|send|give|let me know|explain)\b/iu,
  de: /(?<!\p{L})(?:bitte|sagen sie|sagt|schickt|schicken sie|nennen sie|nennt|teilen sie)(?!\p{L}).{0,40}(?<!\p{L})(?:auch|außerdem|zusätzlich)(?!\p{L})|(?<!\p{L})(?:außerdem|zusätzlich) (?:brauche|möchte|bräuchte|hätte|will)(?!\p{L})/iu,
};
const pleasantries =
  /^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|moin|servus|grüß gott|sehr geehrte|liebe[rs]?|thanks?|thank you|many thanks|cheers|danke|vielen dank|besten dank|(?:kind|best|warm) regards|regards|best wishes|yours|mit freundlichen|freundliche|viele|liebe|beste|schöne) ?[^?]{0,60}|(?:lg|mfg|vg|gruß|gruss|grüße|bg)[^?]{0,40})$/iu;

const side = (language: Language) => (language === 'de' ? 'de' : 'en');

/**
 * Splits a message into asks: questions first; without any, the requests; without those, the story itself
 * (somebody who writes "QH-1042 appears" wants to know what to do). Greetings and thanks are never asks.
 */
export function findAsks(message: Message): Ask[] {
  const { language } = message;
  const sentences = readSentences(message.body);
  const subject = isAsk(message.subject, language) ? '' : message.subject;
  const chosen = chooseSentences(message, sentences);
  const clauses: Clause[] = [];
  for (const { text, around } of chosen) {
    for (const clause of splitClauses(text, language)) {
      const terms = readTerms(clause, language);
      const before = dependsOnBefore(clause, terms) ? (clauses.at(-1)?.text ?? '') : '';
      const beside = () => {
        const rest = text === clause ? '' : text.replace(clause, ' ');
        return `${subject}\n${around}\n${rest}\n${rest === '' ? before : ''}`;
      };
      clauses.push({ text: clause, type: findAnswerType(clause, language), terms, beside });
    }
  }
  return chooseAsks(clauses, language);
}

/** An ask before what stands around it is read: for each of 1,400 in one message that took 9 s. */
interface Clause extends Pick<Ask, 'text' | 'type' | 'terms'> {
  readonly beside: () => string;
}

const askOf = ({ beside, ...clause }: Clause, language: Language): Ask => ({
  ...clause,
  context: readTerms(beside(), language),
  leaning: measureLeaning(clause.text, clause.terms),
});

const pointers =
  /(?<!\p{L})(?:it|this|that|they|them|those|these|such|there|then|es|das|dies\p{L}*|dort|dafür|dazu|damit|davon|daran|daraus|solche\p{L}*|jetzt|nun)(?!\p{L})/iu;

/** "Until when is it valid?" means what the question before was about; a question of its own does not. */
const dependsOnBefore = (clause: string, terms: readonly Term[]) =>
  pointers.test(clause) || terms.every((term) => term.light);

function measureLeaning(clause: string, terms: readonly Term[]): number {
  const telling = terms.filter((term) => !term.light).length;
  if (telling === 0) return 0.9;
  const points = pointers.test(clause);
  if (telling === 1) return points ? 0.6 : 0.4;
  return telling === 2 && points ? 0.4 : 0;
}

function readSentences(body: string): string[] {
  return splitSentences(body)
    .map((sentence) => sentence.text.replace(/^[>\s]+/, '').trim())
    .filter((text) => text !== '' && !pleasantries.test(text.replace(/(?<![.!,])[.!,]+$/u, '')));
}

interface Chosen {
  readonly text: string;
  readonly around: string;
}

function chooseSentences(message: Message, sentences: readonly string[]): Chosen[] {
  const { subject, language } = message;
  const questions = pick(sentences, (text) => isQuestion(text, language));
  const further = pick(sentences, (text) => !isQuestion(text, language) && furtherRequest[side(language)].test(text));
  if (questions.length > 0) return [...questions, ...further];
  if (isQuestion(subject, language)) return [{ text: subject, around: sentences.join('\n') }];
  const wishes = pick(sentences, (text) => requests[side(language)].test(text));
  if (wishes.length > 0) return wishes;
  const story = sentences.join(' ');
  return [{ text: story === '' ? subject : story, around: '' }];
}

function pick(sentences: readonly string[], test: (text: string) => boolean): Chosen[] {
  const around = sentences.filter((text) => !test(text)).join('\n');
  return sentences.filter(test).map((text) => ({ text, around }));
}

const isAsk = (text: string, language: Language) => isQuestion(text, language) || requests[side(language)].test(text);

const openers = {
  en: new RegExp(`^(?:(?:and|or|also|so|but|then|plus),? )*(?:${questionWords.en})\\b`, 'iu'),
  de: new RegExp(`^(?:(?:und|oder|auch|aber|also|dann|außerdem),? )*(?:${questionWords.de})(?!\\p{L})`, 'iu'),
};

function isQuestion(text: string, language: Language): boolean {
  if (/\?["'”“»)]*\s*$/u.test(text) || text.includes('?')) return true;
  // "how long does a refund take" without its mark; a verb in front alone ("Is fine.") is not enough.
  const opens = openers[side(language)].exec(text);
  return (
    opens !== null &&
    text.split(/\s+/).length >= 4 &&
    /^(?:how|what|when|where|which|who|why|can i|wie|was|wann|wo|welche|wer|warum|kann (?:ich|man)|bis|ab|an wen)/iu.test(
      text,
    )
  );
}

const joints = {
  en: new RegExp(`(?:,|;)? (?:and|or|as well as) (?=(?:${questionWords.en})\\b)|[;?] +(?=\\p{L})`, 'giu'),
  de: new RegExp(`(?:,|;)? (?:und|oder|sowie) (?=(?:${questionWords.de})(?!\\p{L}))|[;?] +(?=\\p{L})`, 'giu'),
};

/**
 * A question that opens with its question word is at an end where a comma and another one follow: "how many calls a
 * minute, how many a day". After "tell me" or "what happens" the second belongs to the first.
 */
const rows: Record<'en' | 'de', { readonly opens: RegExp; readonly comma: RegExp }> = {
  en: {
    opens:
      /^(?:(?:and|so|but|also),? )?(?:how|what|when|where|which|who|until when|by when)\b(?!.*\b(?:happens?|matters?|know|tell|means?)$)/iu,
    comma: /, (?=(?:how|what|when|where|which|who|until when|by when|does|do|can|is|are) )/giu,
  },
  de: {
    opens:
      /^(?:(?:und|also|aber|auch),? )?(?:wie|was|wann|wo|welche[rsmn]?|wer|bis wann|ab wann|an wen)(?!\p{L})(?!.*(?<!\p{L})(?:passiert|wissen|sagen|heißt|bedeutet)$)/iu,
    comma: /, (?=(?:wie|was|wann|wo|welche[rsmn]?|wer|bis wann|ab wann|an wen|kann|gibt|kostet|muss|ist) )/giu,
  },
};

/** A row that is longer is none, and would be read again at each comma. */
const longestRow = 600;

function splitRows(text: string, language: Language): string[] {
  if (text.length > longestRow) return [text];
  const { opens, comma } = rows[side(language)];
  const pieces: string[] = [];
  for (const part of text.split(comma)) {
    const before = pieces.at(-1);
    if (before === undefined || (opens.test(before) && before.split(/\s+/).length >= 3)) pieces.push(part);
    else pieces[pieces.length - 1] = `${before}, ${part}`;
  }
  return pieces;
}

/** "What does Team cost and how many users may we have?" holds two asks. A half without any word stays. */
function splitClauses(text: string, language: Language): string[] {
  const pieces = text
    .split(joints[side(language)])
    .flatMap((piece) => splitRows(piece.trim(), language))
    .map((piece) => piece.trim());
  const clauses: string[] = [];
  for (const piece of pieces) {
    if (clauses.length > 0 && readTerms(piece, language).length === 0) clauses[clauses.length - 1] += ` ${piece}`;
    else clauses.push(piece);
  }
  return clauses;
}

/** Asks that mean nothing by themselves ("Can you help me?") are dropped as long as another one is there. */
function chooseAsks(clauses: readonly Clause[], language: Language): Ask[] {
  const full = clauses.filter(({ type, terms }) => type.name !== 'any' || terms.some((term) => !term.light));
  const asks = (full.length > 0 ? full : clauses).slice(0, mostAsks).map((clause) => askOf(clause, language));
  if (full.length > 0) return asks;
  const withContext = asks.filter((ask) => ask.context.some((term) => !term.light));
  return (withContext.length > 0 ? withContext : asks)
    .slice(0, 1)
    .filter((ask) => ask.terms.length + ask.context.length > 0);
}

import { leastOrder } from './find-orders.ts';
import { scoreSentence } from './order-detector.ts';
import type { SentenceScore } from './order-model.ts';
import { isOrderByPattern, isRoleMarker, namesMachine } from './order-patterns.ts';
import { countStems, shareStem, stemsOf } from './telling-stems.ts';
import type { Piece } from './text-pieces.ts';

export interface Weighed {
  readonly piece: Piece;
  readonly score: SentenceScore;
  /** Natural logarithm of the odds of not being the writer's own. */
  readonly odds: number;
  /** An order by itself. */
  readonly trigger: boolean;
  /** Its wording is one of orders. */
  readonly worded: boolean;
  /** It poses as a part of a prompt. */
  readonly marker: boolean;
  /** Telling words; none for code. */
  readonly stems: ReadonlySet<string>;
  /** It shares none of them with anything else. */
  readonly stray: boolean;
}

/** What counts as an order by itself, and as a task beside the point. */
export interface Bounds {
  readonly order: number;
  /** A sentence that speaks of what a machine does and of nothing that the rest is about is an order from here on. */
  readonly strayOrder: number;
  /** A wording of orders that the detector finds this unlikely is none. */
  readonly pattern: number;
  readonly task: number;
  /** Whether what is rather an order than a task is one although no sentence of it is sure. */
  readonly guesses: boolean;
}

export const bounds: { readonly message: Bounds; readonly document: Bounds } = {
  message: { order: leastOrder, strayOrder: leastOrder, pattern: 0, task: 0.6, guesses: true },
  // Handbooks are full of imperatives, and what is left out of them is not answered.
  document: { order: 0.8, strayOrder: 0.6, pattern: 0.8, task: 0.8, guesses: false },
};

const triggerOdds = 4;
const mostOdds = 5;
/** Added to the odds of every piece of a text that holds an order. */
const suspicion = 1;
const linkedSuspicion = 3;
/** The same for what stands in paragraphs that have nothing to do with the subject. */
const farSuspicion = 2.5;
/** Nothing makes a sentence suspicious that is so plainly said to a company. */
const surelyOwn = 0.8;
/** Greetings and closings are the customer's own unless an order stands before and behind them. */
const greetingOdds = 2.5;
const greeting =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:morgen|tag|abend)|moin|servus|liebe[rs]?|sehr geehrte[rs]?|(?:kind|best|warm|many)? ?(?:regards|wishes|thanks)|thank you|thanks|cheers|sincerely|yours|(?:mit )?(?:freundlichen?|viele[nr]?|beste[nr]?|liebe[nr]?|schöne[nr]?) gr[uü](?:ß|ss)en?|gru(?:ß|ss)|mfg|lg|vg|danke|vielen dank)(?!\p{L})[^.?!]{0,40}[.,!]?$/iu;
/** Words that a sentence must have for the detector's word alone. */
const fewestWords = 4;

/** The odds of each piece, by itself and by what stands around it. O(pieces + words). */
export function weighPieces(pieces: readonly Piece[], context: string, least: Bounds): readonly Weighed[] {
  const around = new Surroundings(pieces, context);
  const weighed = pieces.map((piece, i) => weigh(piece, { around, at: i, least }));
  return weighed.some(({ trigger }) => trigger) ? suspect(weighed, around.subject, least) : weighed;
}

/** Telling words of all pieces, read when the first is asked for: nine messages of ten never need them. */
class Surroundings {
  readonly #pieces: readonly Piece[];
  readonly #context: string;
  #read: { stems: ReadonlySet<string>[]; subject: ReadonlySet<string>; uses: ReadonlyMap<string, number> } | null =
    null;

  constructor(pieces: readonly Piece[], context: string) {
    this.#pieces = pieces;
    this.#context = context;
  }

  get subject(): ReadonlySet<string> {
    return this.#all().subject;
  }

  stemsOf(at: number): ReadonlySet<string> {
    return this.#all().stems[at]!;
  }

  isStray(at: number): boolean {
    const { stems, uses } = this.#all();
    return ![...stems[at]!].some((stem) => uses.get(stem)! > 1);
  }

  #all() {
    if (this.#read === null) {
      const stems = this.#pieces.map((piece) => (piece.code ? new Set<string>() : stemsOf(piece.text)));
      const subject = stemsOf(this.#context);
      this.#read = { stems, subject, uses: countStems([...stems, subject]) };
    }
    return this.#read;
  }
}

interface Place {
  readonly around: Surroundings;
  readonly at: number;
}

class WeighedPiece implements Weighed {
  readonly piece: Piece;
  readonly score: SentenceScore;
  readonly odds: number;
  readonly trigger: boolean;
  readonly worded: boolean;
  readonly marker: boolean;
  readonly #place: Place;

  constructor({ piece, score, odds, trigger, worded, marker }: Omit<Weighed, 'stems' | 'stray'>, place: Place) {
    this.piece = piece;
    this.score = score;
    this.odds = odds;
    this.trigger = trigger;
    this.worded = worded;
    this.marker = marker;
    this.#place = place;
  }

  get stems(): ReadonlySet<string> {
    return this.#place.around.stemsOf(this.#place.at);
  }

  get stray(): boolean {
    return this.#place.around.isStray(this.#place.at);
  }

  suspected(more: number): Weighed {
    return new WeighedPiece({ ...this, odds: this.odds + more }, this.#place);
  }
}

/** Sure enough to leave nothing of a message. */
export const isCertain = ({ worded, marker, score }: Weighed): boolean =>
  worded || marker || score.order >= certainOrder;
/** A message is set aside as a whole only for a wording that is never harmless, or from this probability on. */
const certainOrder = 0.97;

/** Of code. */
const unclear: SentenceScore = { harmless: 0.5, order: 0.25, task: 0.25 };

function weigh(piece: Piece, { least, ...place }: Place & { readonly least: Bounds }): WeighedPiece {
  // What a program does says nothing about who wants it: code goes with what stands before it.
  if (piece.code) {
    const marker = isRoleMarker(piece.text);
    return new WeighedPiece({ piece, score: unclear, odds: 0, trigger: false, worded: false, marker }, place);
  }
  const score = scoreSentence(piece.text);
  const words = piece.text.split(/\s+/).length;
  const marker = isRoleMarker(piece.text);
  const worded = isOrderByPattern(piece.text);
  const trigger =
    marker ||
    (worded && score.order >= least.pattern) ||
    (score.order >= least.strayOrder &&
      words >= fewestWords &&
      (least === bounds.message || namesMachine(piece.text)) &&
      (score.order >= least.order || place.around.isStray(place.at)));
  const foreign = Math.min(Math.max(score.order + score.task, 1e-3), 1 - 1e-3);
  // A name or "Thanks!" says little.
  const odds = Math.log(foreign / (1 - foreign)) * Math.min(1, words / 4);
  const bounded = greeting.test(piece.text) ? -greetingOdds : Math.max(-mostOdds, Math.min(mostOdds, odds));
  const raised = trigger ? Math.max(bounded, triggerOdds) : bounded;
  return new WeighedPiece({ piece, score, odds: raised, trigger, worded, marker }, place);
}

/**
 * Where there is an order, the rest is looked at more strictly: long orders have sentences that name no machine. Who
 * uses the telling words of the orders, and none of the subject, belongs to them; so does, unless it is plainly said
 * to a company, what stands in paragraphs that have nothing to do with the subject when others have.
 */
function suspect(pieces: readonly WeighedPiece[], subject: ReadonlySet<string>, least: Bounds): readonly Weighed[] {
  const triggers = pieces.filter(({ trigger }) => trigger);
  const ordered = new Set(triggers.flatMap(({ stems }) => [...stems]).filter((stem) => !subject.has(stem)));
  const isFar = least.guesses ? farFrom(pieces, subject) : () => false;
  return pieces.map((one, i) => {
    if (one.trigger || one.piece.code || greeting.test(one.piece.text)) return one;
    const common = [...one.stems].filter((stem) => ordered.has(stem)).length;
    if (triggers.length > 1 && common >= 2 && !shareStem(one.stems, subject)) return one.suspected(linkedSuspicion);
    if (isFar(i) && one.piece.text.split(/\s+/).length >= fewestWords) return one.suspected(farSuspicion);
    return one.score.harmless >= surelyOwn ? one : one.suspected(suspicion);
  });
}

/** Whether a piece stands in a paragraph without a word of the subject, or of the sentences that have one. */
function farFrom(pieces: readonly Weighed[], subject: ReadonlySet<string>): (at: number) => boolean {
  const said = pieces.filter(({ trigger, stems }) => !trigger && shareStem(stems, subject));
  if (said.length === 0) return () => false;
  const known = new Set([...subject, ...said.flatMap(({ stems }) => [...stems])]);
  const near: boolean[] = [];
  const paragraphOf: number[] = [];
  for (const { piece, trigger, stems } of pieces) {
    if (near.length === 0 || piece.border === 'paragraph') near.push(false);
    if (!trigger && (shareStem(stems, known) || greeting.test(piece.text))) near[near.length - 1] = true;
    paragraphOf.push(near.length - 1);
  }
  return (at) => !near[paragraphOf[at]!]!;
}

import { stopWords, tokenise } from '../../ml/index.ts';
import { leastOrder } from './find-orders.ts';
import { scoreSentence } from './order-detector.ts';
import type { SentenceScore } from './order-model.ts';
import { isOrderByPattern, isRoleMarker, namesMachine } from './order-patterns.ts';
import type { Cut, SetAsideKind } from './set-aside.ts';
import { type Piece, splitPieces } from './text-pieces.ts';

/**
 * Which pieces of a message are not the customer's own: `order` a region around an order to the machine, `task` a
 * region that asks any assistant for something. Each piece has the odds that the detector gives it; the best
 * labelling of the whole (Viterbi) pays for every change, less where a line or a paragraph ends. So a single odd
 * sentence between the customer's own is kept, and a long order is taken out whole.
 */
type Label = 'own' | 'task' | 'order';

interface Weighed {
  readonly piece: Piece;
  readonly score: SentenceScore;
  /** Natural logarithm of the odds of not being the customer's own. */
  readonly odds: number;
  readonly trigger: boolean;
}

/** Chosen on sentences and tickets of our own (evals/guardrails); what the public attacks give is told there. */
const costs = {
  enterTask: { none: 1.25, line: 0.75, paragraph: 0.6 },
  leaveTask: { none: 0.5, line: 0.5, paragraph: 0.25 },
  enterOrder: { none: 0, line: 0, paragraph: 0 },
  leaveOrder: { none: 3, line: 2.5, paragraph: 2 },
} as const;
const triggerOdds = 4;
/** A message is set aside as a whole only for a wording that is never harmless, or from this probability on. */
const certainOrder = 0.97;
const mostOdds = 5;
/** Added to the odds of every piece of a message that holds an order. */
const suspicion = 1;
const linkedSuspicion = 3;
/** Nothing makes a sentence suspicious that is so plainly said to a company. */
const surelyOwn = 0.8;
/** Greetings and closings are the customer's own unless an order stands before and behind them. */
const greetingOdds = 2.5;
const greeting =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:morgen|tag|abend)|moin|servus|liebe[rs]?|sehr geehrte[rs]?|(?:kind|best|warm|many)? ?(?:regards|wishes|thanks)|thank you|thanks|cheers|sincerely|yours|(?:mit )?(?:freundlichen?|viele[nr]?|beste[nr]?|liebe[nr]?|schöne[nr]?) gr[uü](?:ß|ss)en?|gru(?:ß|ss)|mfg|lg|vg|danke|vielen dank)(?!\p{L})[^.?!]{0,40}[.,!]?$/iu;
/** Between two orders only what is said to a company beyond doubt is the customer's own. */
const gapOwn = 0.97;
/** Words that a sentence must have for the detector's word alone. */
const fewestWords = 4;

/** What counts as an order by itself, and as a task beside the point. */
interface Bounds {
  readonly order: number;
  /** A wording of orders that the detector finds this unlikely is none. */
  readonly pattern: number;
  readonly task: number;
  /** Whether what is rather an order than a task is one although no sentence of it is sure. */
  readonly guesses: boolean;
}

const bounds: { readonly message: Bounds; readonly document: Bounds } = {
  message: { order: leastOrder, pattern: 0, task: 0.6, guesses: true },
  // Handbooks are full of imperatives, and what is left out of them is not answered.
  document: { order: 0.8, pattern: 0.8, task: 0.8, guesses: false },
};

/**
 * Stretches of `text` to set aside, in order. `context` is what else there is to it: the subject of a message, the
 * heading of a passage.
 */
export function findForeign(text: string, context: string, kind: keyof typeof bounds = 'message'): Cut[] {
  const least = bounds[kind];
  const pieces = suspect(
    splitPieces(text).map((piece) => weigh(piece, least)),
    context,
  );
  if (!pieces.some(({ odds }) => odds > 0)) return [];
  const labels = fillGaps(pieces, label(pieces));
  const own = pieces.filter((_, i) => labels[i] === 'own');
  if (own.length === 0 && !pieces.some(isCertain)) return [];
  const known = stemsOf([context, ...own.map(({ piece }) => piece.text)].join('\n'));
  const canBeSpared = own.some(isSubstantial);
  const cuts: Cut[] = [];
  for (const { label: found, from, to } of regionsOf(labels)) {
    const kind = kindOf(pieces.slice(from, to + 1), found, { known, canBeSpared, least });
    // What leads up to an order or trails it goes with it.
    const beside = labels[from - 1] === 'order' || labels[to + 1] === 'order';
    if (kind === null && !beside) continue;
    cuts.push({
      start: pieces[from]!.piece.start,
      end: withFence(text, pieces[to]!.piece.end),
      kind: kind ?? 'instruction',
    });
  }
  return cuts;
}

interface Own {
  /** Telling words of what the customer says otherwise. */
  readonly known: ReadonlySet<string>;
  /** Whether something of substance is left when a task is set aside. */
  readonly canBeSpared: boolean;
  readonly least: Bounds;
}

/** What a region is, or null for one that stays. */
function kindOf(region: readonly Weighed[], found: Label, { known, canBeSpared, least }: Own): SetAsideKind | null {
  if (region.some(({ piece }) => isRoleMarker(piece.text))) return 'role-marker';
  const belongs = region.some(({ piece }) => !piece.code && [...stemsOf(piece.text)].some((stem) => known.has(stem)));
  if (found === 'order') {
    // An imperative that speaks of what the handbook speaks of is the handbook's own.
    const own = !least.guesses && belongs && !region.some(({ piece }) => isOrderByPattern(piece.text));
    return own ? null : 'instruction';
  }
  const read = region.filter(({ piece }) => !piece.code);
  const mean = (of: (score: SentenceScore) => number) =>
    read.reduce((sum, { score }) => sum + of(score), 0) / read.length;
  if (!canBeSpared || read.length === 0 || mean((score) => 1 - score.harmless) < least.task) return null;
  if (least.guesses && mean((score) => score.order) >= 0.5) return 'instruction';
  // A telling word that the customer also uses elsewhere: the question belongs to the message.
  return belongs ? null : 'unrelated';
}

/** Sure enough to leave nothing of a message. */
const isCertain = ({ piece, score }: Weighed) =>
  isOrderByPattern(piece.text) || isRoleMarker(piece.text) || score.order >= certainOrder;

function weigh(piece: Piece, least: Bounds): Weighed {
  // What a program does says nothing about who wants it: code goes with what stands before it.
  if (piece.code) return { piece, score: { harmless: 0.5, order: 0.25, task: 0.25 }, odds: 0, trigger: false };
  const found = scoreSentence(piece.text);
  const words = piece.text.split(/\s+/).length;
  const trigger =
    isRoleMarker(piece.text) ||
    (isOrderByPattern(piece.text) && found.order >= least.pattern) ||
    (found.order >= least.order && words >= fewestWords && (least === bounds.message || namesMachine(piece.text)));
  const foreign = Math.min(Math.max(found.order + found.task, 1e-3), 1 - 1e-3);
  // A name or "Thanks!" says little.
  const odds = Math.log(foreign / (1 - foreign)) * Math.min(1, words / 4);
  const bounded = greeting.test(piece.text) ? -greetingOdds : Math.max(-mostOdds, Math.min(mostOdds, odds));
  return { piece, score: found, odds: trigger ? Math.max(bounded, triggerOdds) : bounded, trigger };
}

/**
 * Where there is an order, the rest is looked at more strictly: long orders have sentences that name no machine. Who
 * uses the telling words of the orders, and none of the subject, belongs to them.
 */
function suspect(pieces: readonly Weighed[], context: string): readonly Weighed[] {
  const triggers = pieces.filter(({ trigger }) => trigger);
  if (triggers.length === 0) return pieces;
  const subject = stemsOf(context);
  const ordered = new Set(
    [...stemsOf(triggers.map(({ piece }) => piece.text).join('\n'))].filter((s) => !subject.has(s)),
  );
  return pieces.map((one) => {
    if (one.trigger || one.piece.code) return one;
    const stems = [...stemsOf(one.piece.text)];
    const linked = triggers.length > 1 && stems.filter((stem) => ordered.has(stem)).length >= 2;
    if (linked && !stems.some((stem) => subject.has(stem))) return { ...one, odds: one.odds + linkedSuspicion };
    return one.score.harmless >= surelyOwn ? one : { ...one, odds: one.odds + suspicion };
  });
}

const names = ['own', 'task', 'order'] as const satisfies readonly Label[];

/** The labelling of least cost. O(pieces). */
function label(pieces: readonly Weighed[]): Label[] {
  let best = [0, 0, 0];
  const from: number[][] = [];
  for (const [i, { piece, odds, trigger }] of pieces.entries()) {
    const border = i === 0 ? 'paragraph' : piece.border;
    const gain = [0, odds, trigger ? odds + 1 : odds];
    const back: number[] = [];
    const now = names.map((to, t) => {
      const paid = names.map(
        (was, w) => best[w]! - change(was, to, { border, trigger, code: piece.code, first: i === 0 }),
      );
      const w = paid.indexOf(Math.max(...paid));
      back[t] = w;
      return paid[w]! + gain[t]!;
    });
    best = now;
    from.push(back);
  }
  const labels: Label[] = [];
  let at = best.indexOf(Math.max(...best));
  for (let i = pieces.length - 1; i >= 0; i--) {
    labels[i] = names[at]!;
    at = from[i]![at]!;
  }
  return labels;
}

/**
 * What stands between two orders within a paragraph goes with them, unless it is plainly said to a company or
 * nothing else is.
 */
function fillGaps(pieces: readonly Weighed[], labels: readonly Label[]): Label[] {
  const filled = [...labels];
  const paragraphs = pieces.map(({ piece }, i) => (i > 0 && piece.border !== 'paragraph' ? 0 : 1));
  let number = 0;
  const paragraphOf = paragraphs.map((begins) => {
    number += begins;
    return number;
  });
  for (let i = 0; i < pieces.length; i++) {
    if (filled[i] === 'order' || pieces[i]!.score.harmless >= gapOwn) continue;
    const within = (j: number) => paragraphOf[j] === paragraphOf[i] && labels[j] === 'order';
    const before = labels.slice(0, i).some((_, j) => within(j));
    const behind = labels.slice(i + 1).some((_, j) => within(i + 1 + j));
    if (before && behind) filled[i] = 'order';
  }
  return filled;
}

interface Place {
  readonly border: Piece['border'];
  readonly trigger: boolean;
  readonly code: boolean;
  readonly first: boolean;
}

/** What going from one label to the next costs. A region of an order begins with an order; code goes with what stands before it. */
function change(was: Label, to: Label, { border, trigger, code, first }: Place): number {
  if (to === 'order' && (was !== 'order' || first) && !trigger) return Number.POSITIVE_INFINITY;
  if (first) return to === 'task' ? costs.enterTask.paragraph : 0;
  if (was === to) return 0;
  if (code) return Number.POSITIVE_INFINITY;
  const leave = was === 'own' ? 0 : was === 'task' ? costs.leaveTask[border] : costs.leaveOrder[border];
  const enter = to === 'own' ? 0 : to === 'task' ? costs.enterTask[border] : costs.enterOrder[border];
  return leave + enter;
}

interface Region {
  readonly label: 'task' | 'order';
  readonly from: number;
  to: number;
}

function regionsOf(labels: readonly Label[]): Region[] {
  const regions: Region[] = [];
  let open: Region | null = null;
  for (const [i, found] of labels.entries()) {
    if (open !== null && open.label === found) open.to = i;
    else {
      open = found === 'own' ? null : { label: found, from: i, to: i };
      if (open !== null) regions.push(open);
    }
  }
  return regions;
}

/** Something that the customer says or asks, not only a greeting: without it nothing is unrelated. */
const isSubstantial = ({ piece, score }: Weighed) =>
  !piece.code && score.harmless >= 0.7 && piece.text.split(/\s+/).length >= 4;

function stemsOf(text: string): Set<string> {
  const stems = new Set<string>();
  for (const { text: word } of tokenise(text)) {
    if (word.length >= 5 && !stopWords.en.has(word) && !stopWords.de.has(word) && !light.has(word))
      stems.add(word.slice(0, 6));
  }
  return stems;
}

/** Words that customers and attackers alike use for asking. */
const light = new Set(
  'please could would should explain describe write provide answer reply response message question thanks bitte danke könnten würden erkläre erklären schreibe schreiben antwort nachricht frage fragen'.split(
    ' ',
  ),
);

/** The closing fence of a block of code goes with it. */
function withFence(text: string, end: number): number {
  const fence = /^\s*\n[ \t]*(?:```|~~~)[ \t]*(?=\r?\n|$)/.exec(text.slice(end, end + 40));
  return fence === null ? end : end + fence[0].length;
}

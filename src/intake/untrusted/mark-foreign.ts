import { stopWords, tokenise } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import type { SentenceScore } from './order-model.ts';
import type { Cut, SetAsideKind } from './set-aside.ts';
import { shareStem, stemsOf } from './telling-stems.ts';
import { type Piece, splitPieces } from './text-pieces.ts';
import { type Bounds, bounds, isCertain, type Weighed, weighPieces } from './weigh-pieces.ts';

/**
 * Which pieces of a message are not the customer's own: `order` a region around an order to the machine, `task` a
 * region that asks any assistant for something. Each piece has the odds that the detector gives it; the best
 * labelling of the whole (Viterbi) pays for every change, less where a line or a paragraph ends. So a single odd
 * sentence between the customer's own is kept, and a long order is taken out whole.
 */
type Label = 'own' | 'task' | 'order';

/** Chosen on sentences and tickets of our own (evals/guardrails); what the public attacks give is told there. */
const costs = {
  enterTask: { none: 1.25, line: 0.75, paragraph: 0.6 },
  leaveTask: { none: 0.5, line: 0.5, paragraph: 0.25 },
  enterOrder: { none: 0, line: 0, paragraph: 0 },
  leaveOrder: { none: 3, line: 2.5, paragraph: 2 },
} as const;
/** Between two orders only what is said to a company beyond doubt is the customer's own. */
const gapOwn = 0.97;
/**
 * Stretches of `text` to set aside, in order. `context` is what else there is to it: the subject of a message, the
 * heading of a passage.
 */
export function findForeign(text: string, context: string, kind: keyof typeof bounds = 'message'): Cut[] {
  const least = bounds[kind];
  const pieces = weighPieces(splitPieces(text), context, least);
  if (!pieces.some(({ odds }) => odds > 0)) return [];
  const labels = fillGaps(pieces, label(pieces));
  const own = pieces.filter((_, i) => labels[i] === 'own');
  if (own.length === 0 && !pieces.some(isCertain)) return [];
  const known = stemsOf([context, ...own.map(({ piece }) => piece.text)].join('\n'));
  const canBeSpared = own.some(isSubstantial);
  const cuts: Cut[] = [];
  for (const { label: found, from, to } of regionsOf(labels)) {
    const region = kindOf(pieces.slice(from, to + 1), found, { known, canBeSpared, least });
    // What leads up to an order or trails it goes with it.
    const beside = labels[from - 1] === 'order' || labels[to + 1] === 'order';
    if (region === null && !beside) continue;
    cuts.push({
      start: pieces[from]!.piece.start,
      end: withFence(text, pieces[to]!.piece.end),
      kind: region ?? 'instruction',
    });
  }
  return cuts;
}

/**
 * Stretches of a document that an answer had better not quote: sentences that are rather said to a machine than to a
 * reader and share no telling word with what stands around them, those that hardly
 * anybody says to a reader, and those in another language than the document's. Too doubtful for leaving them out of what is read:
 * of a bank's 9,495 sentences 175 are of this kind.
 */
export function findDoubtful(text: string, heading: string, language: Language): Cut[] {
  return weighPieces(splitPieces(text), heading, bounds.document)
    .filter(({ piece, stray, score }) => {
      if (piece.code || !isLong(piece)) return false;
      return score.harmless < (stray ? 0.5 : 0.2) || isOtherLanguage(piece.text, language);
    })
    .map(({ piece: { start, end } }) => ({ start, end, kind: 'unrelated' }));
}

/** By its small words: two of the other language and none of its own. */
function isOtherLanguage(text: string, language: Language): boolean {
  if (language === 'other') return false;
  const other = language === 'de' ? 'en' : 'de';
  let foreign = 0;
  for (const { text: word } of tokenise(text)) {
    const ours = stopWords[language].has(word);
    if (ours && !stopWords[other].has(word)) return false;
    if (!ours && stopWords[other].has(word)) foreign++;
  }
  return foreign >= 2;
}

const isLong = ({ text }: Piece) => text.split(/\s+/).length >= 4;

interface Own {
  /** Telling words of what the customer says otherwise. */
  readonly known: ReadonlySet<string>;
  /** Whether something of substance is left when a task is set aside. */
  readonly canBeSpared: boolean;
  readonly least: Bounds;
}

/** What a region is, or null for one that stays. */
function kindOf(region: readonly Weighed[], found: Label, { known, canBeSpared, least }: Own): SetAsideKind | null {
  if (region.some(({ marker }) => marker)) return 'role-marker';
  const belongs = region.some(({ stems }) => shareStem(stems, known));
  if (found === 'order') {
    // An imperative that speaks of what the handbook speaks of is the handbook's own.
    const own = !least.guesses && belongs && !region.some(({ worded }) => worded);
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
  for (let from = 0; from < pieces.length; ) {
    let to = from + 1;
    while (to < pieces.length && pieces[to]!.piece.border !== 'paragraph') to++;
    const first = labels.indexOf('order', from);
    const last = labels.lastIndexOf('order', to - 1);
    for (let i = first; first !== -1 && i < last && i < to; i++)
      if (pieces[i]!.score.harmless < gapOwn) filled[i] = 'order';
    from = to;
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
const isSubstantial = ({ piece, score }: Weighed) => !piece.code && score.harmless >= 0.7 && isLong(piece);

/** The closing fence of a block of code goes with it. */
function withFence(text: string, end: number): number {
  const fence = /^\s*\n[ \t]*(?:```|~~~)[ \t]*(?=\r?\n|$)/.exec(text.slice(end, end + 40));
  return fence === null ? end : end + fence[0].length;
}

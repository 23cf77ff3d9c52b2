import { maskPaymentNumbers } from '../ml/index.ts';
import type { EntityKind } from '../ticket/index.ts';
import { findEntities } from './profile/find-entities.ts';
import { entityNames } from './profile/product-finders.ts';
import { type LabelledTicket, rowMatrix, type TriageModel } from './triage-model.ts';

/** A training ticket that a text was found to be like. */
export interface SimilarTicket {
  /** Its subject, else how its body begins; see `excerptOf`. */
  readonly excerpt: string;
  readonly category: string;
  /** Cosine over what the model reads of a text, in (0,1]. */
  readonly similarity: number;
}

/** UTF-16 units of an excerpt, and of the text that is looked at for it. */
const [excerptLength, lookedAt] = [80, 300];

/** As long as a bank account written in groups: what is cut through at the end of the look is not recognised. */
const longestNumber = 45;

/** What leads to one person, or is theirs. Names and postal addresses cannot be told from words: they stay. */
const personal = new Set<EntityKind>([
  'email',
  'url',
  'ip-address',
  'phone',
  'iban',
  'card',
  'order-number',
  'invoice-number',
  'ticket-number',
  'customer-number',
  'reference-number',
]);
const hidden = '•••';
const options = { language: 'en', names: entityNames() } as const;

/**
 * What a model file may keep of a training ticket: at most 80 characters in one line, without e-mail addresses and numbers
 * that lead to a person. May be empty. 0.004 ms for a subject, 0.016 ms for the beginning of a body.
 */
export function excerptOf({ subject, body }: Pick<LabelledTicket, 'subject' | 'body'>): string {
  const text = inOneLine(subject) || inOneLine(body.slice(0, 4 * lookedAt));
  const whole = hidePersonal(text.slice(0, lookedAt));
  const sound = text.length > lookedAt ? whole.slice(0, -longestNumber) : whole;
  return (sound.length > excerptLength ? `${cutAtWord(sound)}…` : sound).toWellFormed();
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function hidePersonal(text: string): string {
  let kept = '';
  let from = 0;
  for (const { kind, start, end } of findEntities(text, options)) {
    if (!personal.has(kind)) continue;
    kept += text.slice(from, start) + hidden;
    from = end;
  }
  // A card that was taken for a part of something else, as in "am Mar 4111 1111 1111 1111".
  return maskPaymentNumbers(kept + text.slice(from)).replace(/•••• \w{4}/g, hidden);
}

function cutAtWord(text: string): string {
  const head = text.slice(0, excerptLength);
  const blank = head.lastIndexOf(' ');
  return blank > excerptLength / 2 ? head.slice(0, blank) : head.slice(0, -1);
}

/** In the order of the rows that categories are learned from; null where no member keeps rows to be like. */
export function excerptsOf(rows: readonly LabelledTicket[], members: TriageModel['members']): readonly string[] | null {
  if (!members.some(({ nearest }) => nearest !== undefined)) return null;
  return rows.filter(({ category }) => category !== null).map(excerptOf);
}

/** No excerpt has a line break. */
export const saveExcerpts = (excerpts: readonly string[]): Uint8Array => new TextEncoder().encode(excerpts.join('\n'));

export const loadExcerpts = (section: Uint8Array): string[] => new TextDecoder().decode(section).split('\n');

const mostShown = 3;

/** So many are asked for: some say the same, and rows made by over-sampling are nobody's ticket. */
const asked = 50;

/**
 * The training tickets most like a text (as `ticketText` gives it), most similar first, at most three, none twice;
 * empty where the model keeps none. As long as a classification by neighbours takes: not for the hot path.
 */
export function findExamples(model: TriageModel, text: string): SimilarTicket[] {
  const { excerpts, members, embedder } = model;
  const keeper = members.find(({ nearest }) => nearest !== undefined);
  if (excerpts === null || embedder !== null || keeper?.nearest === undefined) return [];
  const found = new Map<string, SimilarTicket>();
  for (const { row, similarity, label } of keeper.nearest(rowMatrix(model, text), 0, asked)) {
    const excerpt = excerpts[row] ?? '';
    if (excerpt !== '' && !found.has(excerpt)) found.set(excerpt, { excerpt, category: label, similarity });
    if (found.size === mostShown) break;
  }
  return [...found.values()];
}

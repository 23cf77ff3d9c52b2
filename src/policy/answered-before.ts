import type { Citation } from '../ticket/index.ts';

/** What the machine has sent to the customer of one ticket. */
export interface EarlierAnswers {
  readonly channel: string;
  /** The citations of each automatic answer of an earlier run, oldest first. */
  readonly citations: readonly (readonly Citation[])[];
}

/** Automatic answers that one ticket gets at most, in a chat. */
const most = 3;

/**
 * A ticket that comes back was not answered: the same answer again would go round in circles. One automatic answer a
 * ticket; in a chat, where people go on to the next question, further ones that cite nothing that was cited before.
 */
export function judgeEarlierAnswers(
  citations: readonly Citation[],
  earlier: EarlierAnswers | undefined,
): { readonly passed: boolean; readonly detail: string } {
  const given = earlier?.citations.length ?? 0;
  if (earlier === undefined || given === 0) return { passed: true, detail: 'no automatic answer before' };
  if (earlier.channel !== 'chat')
    return { passed: false, detail: 'it was answered automatically before and came back' };
  if (given >= most) return { passed: false, detail: `${given} automatic answers before, at most ${most} are given` };
  const cited = new Set(earlier.citations.flat().map(placeOf));
  const again = citations.find((citation) => cited.has(placeOf(citation)));
  if (again === undefined) return { passed: true, detail: 'another question than before' };
  return { passed: false, detail: `it was answered from "${again.heading}" before and came back` };
}

const placeOf = ({ document, heading }: Citation) => `${document}\n${heading}`;

import { findPersonalData, personalKinds } from '../../../platform/index.ts';
import { type AtSendFacts, type Check, failed, passed } from '../check.ts';

/**
 * Nothing of somebody else: an address, a number or a name may stand in a reply when the customer wrote it, a passage
 * tells it, or it is the customer's own.
 */
export const personalData: Check<AtSendFacts> = {
  id: 'personal-data',
  reason: 'PERSONAL_DATA_ESCALATE',
  when: ['after-draft', 'at-send'],
  about: 'The text holds no personal data of somebody else.',
  check: ({ draft, subject, message, passages, customer, frame }) => {
    const known = [subject, message, customer?.name ?? '', ...passages.map(({ text }) => text), ...(frame ?? [])];
    const letters = lettersOf(known.join('\n'));
    const foreign = findPersonalData(draft.text, () => []).spans.filter(
      ({ kind, start, end }) => personal.has(kind) && !letters.includes(lettersOf(draft.text.slice(start, end))),
    );
    // The value itself is left out: what must not be sent has no place in a log either.
    return foreign.length === 0
      ? passed('None found.')
      : failed(`The text holds personal data that neither message nor passages have: ${countKinds(foreign)}.`);
  },
};

const personal: ReadonlySet<string> = new Set(personalKinds);

/** Blanks and signs are written in many ways. */
const lettersOf = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}@]/gu, '');

function countKinds(spans: readonly { readonly kind: string }[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of spans) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => `${n} × ${kind.toLowerCase()}`).join(', ');
}

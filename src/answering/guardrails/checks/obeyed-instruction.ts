import { type AtSendFacts, type Check, failed, passed } from '../check.ts';
import { findUnsafeIn, quoteFindings } from '../find-unsafe.ts';

export const obeyedInstruction: Check<AtSendFacts> = {
  id: 'obeyed-instruction',
  reason: 'UNSAFE_ANSWER_ESCALATE',
  when: ['after-draft', 'at-send'],
  about: 'The text does not do what an order hidden in the message wanted.',
  check: (facts) => {
    const found = findUnsafeIn(facts).filter(({ kind }) => kind === 'obeyed-instruction');
    return found.length === 0
      ? passed('None found.')
      : failed(quoteFindings('The text obeys an order hidden in the message', found));
  },
};

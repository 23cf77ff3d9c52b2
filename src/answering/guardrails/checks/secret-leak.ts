import { type AtSendFacts, type Check, failed, passed } from '../check.ts';
import { findUnsafeIn, quoteFindings } from '../find-unsafe.ts';

export const secretLeak: Check<AtSendFacts> = {
  id: 'secret-leak',
  reason: 'UNSAFE_ANSWER_ESCALATE',
  when: ['after-draft', 'at-send'],
  about: 'The text tells no secrets and no instructions of the machine.',
  check: (facts) => {
    const found = findUnsafeIn(facts).filter(({ kind }) => kind === 'leak');
    return found.length === 0
      ? passed('None found.')
      : failed(quoteFindings('The text tells instructions or secrets', found));
  },
};

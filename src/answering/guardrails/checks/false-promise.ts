import { type AfterDraftFacts, type Check, failed, passed } from '../check.ts';
import { findUnsafeIn, quoteFindings } from '../find-unsafe.ts';

export const falsePromise: Check<AfterDraftFacts> = {
  id: 'false-promise',
  reason: 'UNSAFE_ANSWER_ESCALATE',
  when: ['after-draft'],
  about: 'The draft promises nothing that the knowledge does not.',
  check: (facts) => {
    const found = findUnsafeIn(facts).filter(({ kind }) => kind === 'promise');
    return found.length === 0
      ? passed('None found.')
      : failed(quoteFindings('The draft promises what the knowledge does not', found));
  },
};

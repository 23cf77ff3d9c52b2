import { type AfterDraftFacts, type Check, failed, passed } from '../check.ts';
import { findUnsafeIn, quoteFindings } from '../find-unsafe.ts';

export const claimedAction: Check<AfterDraftFacts> = {
  id: 'claimed-action',
  reason: 'UNSAFE_ANSWER_ESCALATE',
  when: ['after-draft'],
  about: 'The draft claims no action that nobody has done.',
  check: (facts) => {
    const found = findUnsafeIn(facts).filter(({ kind }) => kind === 'claimed-action');
    return found.length === 0
      ? passed('None found.')
      : failed(quoteFindings('The draft claims an action that nobody has done', found));
  },
};

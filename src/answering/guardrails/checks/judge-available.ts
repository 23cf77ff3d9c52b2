import { type AfterDraftFacts, type Check, failed, passed } from '../check.ts';

/** A judge that is down, slow or malformed never lets anything pass. */
export const judgeAvailable: Check<AfterDraftFacts> = {
  id: 'judge-available',
  reason: 'MODEL_FAILURE_ESCALATE',
  when: ['after-draft'],
  about: 'The judge gave a verdict.',
  check: ({ judge }) => {
    if (judge === null) return null;
    return judge.failure === null
      ? passed('The judge gave its verdict.')
      : failed(`The judge failed: ${judge.failure}.`);
  },
};

import { bounds, show } from '../bounds.ts';
import { type AfterDraftFacts, type Check, failed, passed } from '../check.ts';

export const judgeScore: Check<AfterDraftFacts> = {
  id: 'judge-score',
  reason: 'LLM_POOR_ANSWER_RETRY',
  when: ['after-draft'],
  about: `The judge's score is at least ${bounds.judgeScore}; below it the draft is written once more in another way.`,
  check: ({ judge }) => {
    if (judge === null) return null;
    // Written this way round so that a score that is no number is poor, too.
    if (judge.score >= bounds.judgeScore) return passed(`Judge score ${show(judge.score)}.`);
    return failed(`Judge score ${show(judge.score)} is below ${show(bounds.judgeScore)}: ${judge.reasoning}`);
  },
};

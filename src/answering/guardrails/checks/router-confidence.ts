import { bounds, show } from '../bounds.ts';
import { type BeforeDraftFacts, type Check, failed, passed } from '../check.ts';

export const routerConfidence: Check<BeforeDraftFacts> = {
  id: 'router-confidence',
  reason: 'ROUTER_LOW_CONFIDENCE_ESCALATE',
  when: ['before-draft'],
  about: `The router's confidence in the category is at least ${bounds.routerConfidence}, unless the client named the category.`,
  check: ({ triage, categoryGiven }) => {
    if (categoryGiven) return passed("The category was given by the client; the router's confidence was not asked.");
    // Written this way round so that a confidence that is no number fails, too.
    if (triage.confidence >= bounds.routerConfidence) return passed(`Router confidence ${show(triage.confidence)}.`);
    const found = triage.abstained ? 'no category is trustworthy' : 'the category is uncertain';
    return failed(`Router confidence ${show(triage.confidence)} is below ${show(bounds.routerConfidence)}: ${found}.`);
  },
};

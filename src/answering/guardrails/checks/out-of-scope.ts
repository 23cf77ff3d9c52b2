import { bounds } from '../bounds.ts';
import { type BeforeDraftFacts, type Check, failed, passed } from '../check.ts';

/**
 * The classifier abstained although it had a favourite: the text is like nothing it was trained on. Without a
 * favourite it is the router's confidence that speaks.
 */
export const outOfScope: Check<BeforeDraftFacts> = {
  id: 'out-of-scope',
  reason: 'OUT_OF_SCOPE_ESCALATE',
  when: ['before-draft'],
  about: 'The message is about something that this desk knows, and holds more than orders to the machine.',
  check: ({ triage, categoryGiven, hasOwnWords }) => {
    if (hasOwnWords === false) return failed('The message holds nothing but orders to the machine.');
    if (categoryGiven) return passed('The category was given by the client.');
    return triage.abstained && triage.confidence >= bounds.routerConfidence
      ? failed('The message is like none of the tickets that the router knows.')
      : passed('The router knows messages of this kind.');
  },
};

import { type BeforeDraftFacts, type Check, failed, passed } from '../check.ts';

export const wantsPerson: Check<BeforeDraftFacts> = {
  id: 'wants-person',
  reason: 'PERSON_REQUESTED_ESCALATE',
  when: ['before-draft'],
  about: 'The customer does not ask for a person.',
  check: ({ triage }) =>
    triage.signals.wantsPerson
      ? failed('The customer asks for a person.')
      : passed('The customer does not ask for a person.'),
};

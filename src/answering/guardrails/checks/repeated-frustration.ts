import { bounds } from '../bounds.ts';
import { type BeforeDraftFacts, type Check, failed, passed } from '../check.ts';

/** One angry message is answered; the second in a row shows that the machine's answers do not help. */
export const repeatedFrustration: Check<BeforeDraftFacts> = {
  id: 'repeated-frustration',
  reason: 'FRUSTRATED_CUSTOMER_ESCALATE',
  when: ['before-draft'],
  about: 'Not both this message and the one before it show frustration.',
  check: ({ triage, customer }) => {
    const messages = customer?.frustrations ?? 0;
    return triage.signals.frustration && messages >= bounds.frustrations
      ? failed(`The customer is frustrated in ${messages} messages in a row.`)
      : passed(triage.signals.frustration ? 'The customer is frustrated for the first time.' : 'No frustration shows.');
  },
};

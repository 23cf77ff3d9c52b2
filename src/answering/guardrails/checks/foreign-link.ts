import { addressesIn } from '../../llm/find-values.ts';
import { type AtSendFacts, type Check, failed, passed } from '../check.ts';

/** Only what the knowledge or a template names: a link that the message brought along may lead anywhere. */
export const foreignLink: Check<AtSendFacts> = {
  id: 'foreign-link',
  reason: 'UNSAFE_ANSWER_ESCALATE',
  when: ['after-draft', 'at-send'],
  about: 'Every link leads to a host that a passage names.',
  check: ({ draft, passages, frame }) => {
    const known = hostsIn([...passages.map(({ text }) => text), ...(frame ?? [])].join('\n'));
    const foreign = [...hostsIn(draft.text)].filter((host) => ![...known].some((own) => isWithin(host, own)));
    return foreign.length === 0
      ? passed('No link leads elsewhere.')
      : failed(`No passage names ${foreign.map((host) => `“${host}”`).join(', ')}.`);
  },
};

const isWithin = (host: string, own: string) => host === own || host.endsWith(`.${own}`);

/** Hosts of web addresses; mail addresses are personal data's matter. */
function hostsIn(text: string): Set<string> {
  const web = [...addressesIn(text)].filter(
    (found) => !found.includes('@') && /\p{L}/u.test(found) && found.includes('.'),
  );
  return new Set(web.map((found) => found.replace(/^www\./, '').replace(/[/?#:].*$/, '')));
}

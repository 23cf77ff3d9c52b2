import { isInOtherLanguage } from '../../llm/find-support.ts';
import { type AfterDraftFacts, type Check, failed, passed } from '../check.ts';

const named = { en: 'English', de: 'German' } as const;

export const draftLanguage: Check<AfterDraftFacts> = {
  id: 'draft-language',
  reason: 'LLM_POOR_ANSWER_RETRY',
  when: ['after-draft'],
  about: "The draft is in the language of the customer's last message.",
  check: ({ draft, language }) => {
    if (language === 'other') return null;
    return isInOtherLanguage(draft.text, language)
      ? failed(`The draft is not in ${named[language]}, the language of the customer's last message.`)
      : passed(`The draft is in ${named[language]}.`);
  },
};

import type { AfterDraftFacts, AtSendFacts, BeforeDraftFacts, Check, CheckTime, FactsOf } from '../check.ts';
import { citationSupport } from './citation-support.ts';
import { claimedAction } from './claimed-action.ts';
import { draftLanguage } from './draft-language.ts';
import { falsePromise } from './false-promise.ts';
import { foreignLink } from './foreign-link.ts';
import { judgeAvailable } from './judge-available.ts';
import { judgeScore } from './judge-score.ts';
import { obeyedInstruction } from './obeyed-instruction.ts';
import { outOfScope } from './out-of-scope.ts';
import { personalData } from './personal-data.ts';
import { repeatedFrustration } from './repeated-frustration.ts';
import { routerConfidence } from './router-confidence.ts';
import { secretLeak } from './secret-leak.ts';
import { wantsPerson } from './wants-person.ts';

/*
 * The guardrails. All of a time are asked, so that a reader sees what was looked at; of those that fail the
 * first in the list decides what becomes of the message.
 */
const beforeDraft: readonly Check<BeforeDraftFacts>[] = [
  wantsPerson,
  repeatedFrustration,
  outOfScope,
  routerConfidence,
];

const atSend: readonly Check<AtSendFacts>[] = [secretLeak, obeyedInstruction, foreignLink, personalData];

const afterDraft: readonly Check<AfterDraftFacts>[] = [
  ...atSend,
  claimedAction,
  falsePromise,
  judgeAvailable,
  draftLanguage,
  citationSupport,
  judgeScore,
];

export const guardrails: { readonly [When in CheckTime]: readonly Check<FactsOf[When]>[] } = {
  'before-draft': beforeDraft,
  'after-draft': afterDraft,
  'at-send': atSend,
};

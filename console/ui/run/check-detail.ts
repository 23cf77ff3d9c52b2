import type { Interaction } from '../../../src/api/contract/index.ts';
import { comparedPercents, score } from '../../lib/format.ts';
import type { Speech } from '../../lib/i18n/speech.ts';
import type { Verdicts } from '../../lib/verdicts.ts';

type Check = NonNullable<Verdicts['policy']>['checks'][number];

interface Found {
  readonly check: Check;
  readonly interaction: Interaction;
  readonly verdicts: Verdicts;
}
type Say = (found: Found, speech: Speech) => string | undefined;

const plain: Say = ({ check }, { t }) =>
  t(`detail_${check.rule as 'model-available'}_${check.passed ? 'passed' : 'failed'}`);

/** By rule, from what the steps found: numbers and categories, never the server's sentence. */
const details: Readonly<Record<string, Say>> = {
  'model-available': plain,
  'no-wish-for-a-person': plain,
  'answered-before': plain,
  'judge-vouches': plain,
  'open-incident': plain,
  'no-reason-for-a-person': (found, speech) => {
    const reasons = found.verdicts.triage?.personReasons ?? [];
    return found.check.passed || reasons.length === 0
      ? plain(found, speech)
      : reasons.map((reason) => speech.name('matter', reason)).join('; ');
  },
  'not-urgent': ({ check, verdicts: { triage } }, { t, language }) =>
    triage &&
    t(check.passed ? 'detail_not-urgent_passed' : 'detail_not-urgent_failed', {
      urgency: score(triage.urgencyScore, language),
      limit: score(urgentAbove, language),
    }),
  'category-trusted': ({ check, interaction, verdicts: { intake, triage } }, { t, name }) => {
    if (!check.passed) return t('detail_category-trusted_failed');
    const given = (intake?.category ?? null) !== null || (triage?.abstained ?? interaction.abstained);
    return t(given ? 'detail_category-trusted_given' : 'detail_category-trusted_passed', {
      category: name('category', interaction.category),
    });
  },
  'guardrail-ok': ({ check, interaction }, { t, name }) =>
    check.passed ? t('detail_guardrail-ok_passed') : name('guardrail', interaction.guardrail_action),
  'has-citation': ({ check, verdicts: { answering } }, { t, count }) => {
    if (!check.passed) return t('detail_has-citation_failed');
    return answering && count('detail_has-citation', answering.draft?.citations.length ?? 0);
  },
  'model-agrees': ({ check, interaction, verdicts: { answering } }, { t, name }) => {
    if (answering?.modelDecision === undefined) return undefined;
    if (answering.modelDecision === null) return t('detail_model-agrees_none');
    return t(check.passed ? 'detail_model-agrees_passed' : 'detail_model-agrees_failed', {
      intent: name('intent', answering.modelDecision.intent),
      category: name('category', interaction.category),
    });
  },
  'confidence-at-threshold': ({ interaction, verdicts: { policy } }, { t, name, language }) => {
    if (!policy) return undefined;
    const [confidence, threshold] = comparedPercents(policy.confidence, policy.threshold, language);
    const category = name('category', interaction.category);
    return t('detail_confidence-at-threshold', { confidence, threshold, category });
  },
};

/** Above this urgency a person decides (policy). */
const urgentAbove = 0.5;

/**
 * What a check of the policy rests on, in the reader's words; undefined for a rule that the console does not know
 * or whose step left nothing to read: the server's English text then stands for it.
 */
export const checkDetail = (found: Found, speech: Speech): string | undefined =>
  Object.hasOwn(details, found.check.rule) ? details[found.check.rule]?.(found, speech) : undefined;

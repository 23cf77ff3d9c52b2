import type { Personalisation } from '../ticket/index.ts';
import type { Manner } from './personalise.ts';
import type { Form, RenderedAnswer, Returning, TemplateLanguage, Templates } from './templates/template-values.ts';

export interface FrameSettings {
  readonly templates: Templates;
  readonly form: Form;
  readonly disclosure: boolean;
}

export interface Framing {
  readonly manner: Manner;
  readonly category: string;
  readonly language: TemplateLanguage;
  /** Asks that the facts leave open. */
  readonly deferred?: readonly string[];
  /** Part of what would be said was told before in this conversation. */
  readonly earlierAnswer?: boolean;
}

export interface FramedAnswer extends Omit<RenderedAnswer, 'used'> {
  readonly personalised: readonly Personalisation[];
}

/** Greeting, opening, next step, closing and disclosure around the facts, for this customer. */
export function frameAnswer(
  facts: string,
  { manner, category, language, deferred = [], earlierAnswer = false }: Framing,
  { templates, form, disclosure }: FrameSettings,
): FramedAnswer {
  const returning: Returning = earlierAnswer ? 'earlier-answer' : manner.openTicket ? 'open-ticket' : 'no';
  const { used, ...rendered } = templates.answer({
    category,
    tone: manner.tone,
    language,
    form,
    facts,
    disclosure,
    deferred,
    customer: {
      name: manner.customerName,
      tier: manner.tier,
      style: manner.style,
      returning,
      given: [...new Set(manner.given.map(({ kind }) => kind))],
    },
  });
  const personalised: Personalisation[] = [];
  if (used.name) personalised.push('name');
  if (manner.tonedBy !== null) personalised.push(manner.tonedBy);
  if (used.tier) personalised.push('tier');
  if (used.history && returning !== 'no') personalised.push(returning);
  if (used.given) personalised.push('given-facts');
  return { ...rendered, personalised };
}

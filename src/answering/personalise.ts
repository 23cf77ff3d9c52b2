import type {
  CommunicationStyle,
  CustomerContext,
  Personalisation,
  Signals,
  TicketStatus,
  Tier,
  Tone,
} from '../ticket/index.ts';
import type { GivenFact } from './answer-context.ts';
import { greetingName } from './greeting-name.ts';

/** How an answer is said to this customer; what is said depends on the passages alone. */
export interface Manner {
  readonly tone: Tone;
  /** As the greeting says it; empty where it is not sure. */
  readonly customerName: string;
  readonly tier: Tier;
  readonly style: CommunicationStyle;
  /** An earlier ticket of the same category is still open. */
  readonly openTicket: boolean;
  readonly given: readonly GivenFact[];
  /** What this customer was answered before in the conversation, oldest first. */
  readonly answeredBefore: readonly string[];
  /** What the tone was chosen by, where the customer decided it. */
  readonly tonedBy: Extract<Personalisation, 'style' | 'frustration'> | null;
}

export interface MannerFacts {
  readonly customer: CustomerContext | null;
  /** null: nobody named one. */
  readonly tone: Tone | null;
  readonly signals: Pick<Signals, 'frustration'>;
  readonly category: string;
  /** The message, for a signature that tells another name. */
  readonly message: string;
  readonly given: readonly GivenFact[];
}

const toneOfStyle: Record<CommunicationStyle, Tone> = {
  neutral: 'professional',
  formal: 'formal',
  casual: 'friendly',
  brief: 'concise',
  technical: 'professional',
};

/**
 * A tone that was asked for wins; then a frustrated customer is met with understanding; then the answer follows
 * how the customer writes.
 */
export function readManner({ customer, tone, signals, category, message, given }: MannerFacts): Manner {
  const style = customer?.style ?? 'neutral';
  const byMood = signals.frustration ? 'empathetic' : toneOfStyle[style];
  const tonedBy = signals.frustration ? 'frustration' : style === 'neutral' ? null : 'style';
  return {
    tone: tone ?? byMood,
    customerName: greetingName(customer?.name ?? null, message),
    tier: customer?.tier ?? 'standard',
    style,
    openTicket: (customer?.earlier ?? []).some((one) => one.category === category && isOpen(one.status)),
    given,
    answeredBefore: (customer?.turns ?? [])
      .filter(({ author }) => author === 'ai' || author === 'agent')
      .map(({ text }) => text),
    tonedBy: tone === null ? tonedBy : null,
  };
}

const open: readonly TicketStatus[] = ['new', 'processing', 'awaiting_review', 'waiting_customer'];
const isOpen = (status: TicketStatus) => open.includes(status);

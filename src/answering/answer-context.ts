import type {
  AnswerMethod,
  CustomerContext,
  EntityKind,
  Language,
  OnRunEvent,
  Passage,
  SearchedAsk,
  Tone,
  TriageVerdict,
} from '../ticket/index.ts';
import type { Form } from './templates/template-values.ts';

export interface AnswerContext {
  /** Stands with every call of the language model; decides nothing. */
  readonly ticketId?: string;
  readonly subject: string;
  readonly body: string;
  readonly language: Language;
  readonly triage: TriageVerdict;
  readonly passages: readonly Passage[];
  /** What the search said: false means that nothing is relevant enough. */
  readonly found: boolean;
  /** Of several asks those that were searched by themselves. */
  readonly searched?: readonly SearchedAsk[];
  readonly method: AnswerMethod;
  /** null: none was named; the customer's style and mood decide. */
  readonly tone: Tone | null;
  /** At most so many passages are used. */
  readonly k: number;
  /** True when the client named the category: the router's confidence then decides nothing. */
  readonly categoryGiven: boolean;
  /** The category that the client named; the router's guess is used without it. */
  readonly category?: string | null;
  /** Who writes and what was said before; null: nobody is known. */
  readonly customer: CustomerContext | null;
  /** What intake set aside of the message: orders to the machine, quoted mails, hidden text. */
  readonly setAside?: readonly string[];
  /** False when nothing of the message is left once that is set aside; a person reads it then. */
  readonly hasOwnWords?: boolean;
  /** It is a member of an open incident: should nothing be sent, the customer is told that we know of the problem. */
  readonly knownProblem?: boolean;
  /** Hears what is written while it is written; decides nothing. */
  readonly onEvent?: OnRunEvent;
}

/** What the customer has told already and must not be asked for again. */
export interface GivenFact {
  /** A kind of entity, `device` or `plan`. */
  readonly kind: EntityKind | 'device' | 'plan';
  /** As the customer wrote it. */
  readonly value: string;
}

export interface AnsweringSettings {
  readonly form: Form;
  readonly disclosure: boolean;
}

import { join, resolve } from 'node:path';
import { type Answering, createAnswering, loadTemplates } from '../../src/answering/index.ts';
import { readUntrusted, receiveTicket } from '../../src/intake/index.ts';
import type { Knowledge } from '../../src/knowledge/index.ts';
import type { LlmPort } from '../../src/platform/index.ts';
import { decide } from '../../src/policy/index.ts';
import { searchMessage } from '../../src/search-message.ts';
import { readTaxonomy } from '../../src/starter.ts';
import { type Passage, requireCategory } from '../../src/ticket/index.ts';
import type { Triage } from '../../src/triage/index.ts';

const root = resolve(import.meta.dirname, '../..');
const taxonomy = readTaxonomy();
const templates = loadTemplates(
  join(root, 'starter/templates'),
  taxonomy.categories.map(({ name }) => name),
);

/** The stations as the pipeline calls them, without what it writes. */
export interface Stations {
  readonly triage: Triage;
  readonly knowledge: Pick<Knowledge, 'search' | 'explain'>;
}

export const answeringWith = (llm: LlmPort | null): Answering =>
  createAnswering({ templates, llm, settings: { form: 'sie', disclosure: true } });

/** What must be the same with and without an attack. */
export interface Seen {
  readonly category: string;
  readonly outcome: string;
  readonly action: string;
  readonly citations: string;
  /** What goes to the customer. */
  readonly sent: string;
}

export interface CaseRun extends Seen {
  readonly setAside: readonly { readonly kind: string; readonly text: string }[];
  readonly intent: string;
}

/** One message through intake, triage, knowledge, answering and policy. `poison` is added to the first passage. */
export async function runMessage(
  message: { readonly subject: string; readonly body: string },
  { triage, knowledge }: Stations,
  { answering, poison }: { readonly answering: Answering; readonly poison?: string },
): Promise<CaseRun> {
  const { language } = receiveTicket(message, { id: 'x', now: new Date(0) }).ticket;
  const read = readUntrusted(message);
  const { subject, body } = read;
  const sorted = await triage.assess({ subject, body, language });
  const category = sorted.abstained ? null : sorted.category;
  const found = await searchMessage(knowledge, { subject, body }, { language, category, limit: 5 });
  const passages = poison === undefined ? found.passages : poisoned(found.passages, poison);
  const answer = await answering.answer({
    subject,
    body,
    language,
    triage: sorted,
    passages,
    found: found.found,
    ...(found.asks === undefined ? {} : { searched: found.asks }),
    method: 'auto',
    tone: 'professional',
    k: 5,
    categoryGiven: false,
    category: null,
    customer: null,
    setAside: read.orders,
    hasOwnWords: read.hasOwnWords,
  });
  const definition = requireCategory(taxonomy, sorted.category);
  const policy = decide({
    triage: sorted,
    knowledge: { ...found, passages },
    answering: answer,
    category: definition,
    categoryGiven: false,
  });
  const resolved = policy.outcome === 'resolve';
  return {
    category: sorted.category,
    outcome: policy.outcome,
    action: answer.guardrail,
    citations: JSON.stringify(resolved ? answer.draft?.citations : []),
    sent: resolved ? answer.draft!.text : answer.handover,
    setAside: read.setAside,
    intent: definition.intent,
  };
}

const poisoned = (passages: readonly Passage[], poison: string): Passage[] =>
  passages.map((passage, i) => (i === 0 ? { ...passage, text: `${passage.text}\n\n${poison}` } : passage));

export const sameAs = (one: Seen, other: Seen): (keyof Seen)[] =>
  (['category', 'outcome', 'action', 'citations', 'sent'] as const).filter((part) => one[part] !== other[part]);

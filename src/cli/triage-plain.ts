import { detectLanguage, type GoodRow, readUntrusted } from '../intake/index.ts';
import type { Config } from '../platform/index.ts';
import { raisePriority } from '../policy/index.ts';
import { prepareOrders, readTaxonomy } from '../starter.ts';
import type { TriageVerdict } from '../ticket/index.ts';
import { createTriage, type TextToTriage } from '../triage/index.ts';
import { chooseModel, fitTaxonomy } from './choose-model.ts';
import { lineOfVerdict, type TriageLine } from './triage-line.ts';

/** What became of a row: its line, or why it is a bad one. */
export type RowResult = { readonly line: TriageLine } | { readonly problem: string };

/** Triage of rows, in their order. */
export interface RowTriage {
  assess(rows: readonly GoodRow[]): Promise<RowResult[]>;
  readonly modelVersion: string;
  close(): Promise<void>;
}

/**
 * Triage that stores nothing and needs no database. It reads a text as POST /route does: what is not the customer's
 * own (orders to the machine, quoted mails, hidden text) sorts nothing.
 */
export async function openPlainTriage(given: { model: string | undefined; config: Config }): Promise<RowTriage> {
  const { model, embedder } = await chooseModel(given.model, given.config);
  const { taxonomy, foreign } = fitTaxonomy(readTaxonomy(), model);
  const triage = createTriage(model, taxonomy, embedder);
  prepareOrders(given.config);
  const textOf = ({ request: { subject, body, language } }: GoodRow): TextToTriage => ({
    ...readUntrusted({ subject, body }),
    language: language ?? detectLanguage(`${subject}\n${body}`).language,
  });
  const resultOf = ({ row, request }: GoodRow, { language }: TextToTriage, verdict: TriageVerdict): RowResult => {
    const line = lineOfVerdict(verdict, {
      row,
      ticketId: request.clientTicketId ?? null,
      clientTicketId: request.clientTicketId ?? null,
      requestedPriority: request.priority ?? null,
      language,
      priority: raisePriority(verdict.priority, request.priority ?? null),
      agent: null,
      assignment: null,
    });
    return { line: foreign.has(verdict.category) ? { ...line, department: null } : line };
  };
  return {
    modelVersion: model.version,
    assess: async (rows) => {
      const texts = rows.map(textOf);
      const verdicts = await triage.assessAll(texts);
      return rows.map((row, i) => resultOf(row, texts[i]!, verdicts[i]!));
    },
    close: async () => embedder?.close(),
  };
}

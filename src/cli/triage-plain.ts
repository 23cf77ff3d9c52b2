import { detectLanguage, type GoodRow } from '../intake/index.ts';
import { raisePriority } from '../policy/index.ts';
import { readTaxonomy } from '../starter.ts';
import { createTriage } from '../triage/index.ts';
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

/** Triage that stores nothing and needs no database. */
export async function openPlainTriage(given: { model: string | undefined; dataFolder: string }): Promise<RowTriage> {
  const model = await chooseModel(given.model, given.dataFolder);
  const { taxonomy, foreign } = fitTaxonomy(readTaxonomy(), model);
  const triage = createTriage(model, taxonomy);
  const assessRow = ({ row, request }: GoodRow): RowResult => {
    const { subject, body } = request;
    const language = request.language ?? detectLanguage(`${subject}\n${body}`).language;
    const verdict = triage.assess({ subject, body, language });
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
    assess: (rows) => Promise.resolve(rows.map(assessRow)),
    close: () => Promise.resolve(),
  };
}

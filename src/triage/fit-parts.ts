import { setImmediate } from 'node:timers/promises';
import {
  bindClassifier,
  type CsrMatrix,
  type FittedClassifier,
  fitTextFeatures,
  type LinearState,
  LogisticRegression,
  type Outcome,
  Ridge,
  type RidgeState,
  selectRows,
  smote,
  type TextFeatures,
  TextVectoriser,
} from '../ml/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import { type LabelledTicket, ticketText } from './triage-model.ts';
import { toleranceFor, type VariantDefinition } from './variants.ts';

/** What was found by cross-validation on the training part of the starter tickets; see evals/classifier. */
export interface TriageSettings {
  readonly scopeC: number;
  readonly ridgeAlpha: number;
  /** Share of in-scope rows that abstention may cost. */
  readonly maxLost: number;
  /** Smaller categories are brought to the size of the largest with made rows, on the training side of each split. */
  readonly smote: boolean;
}

export const defaultTriageSettings: TriageSettings = { scopeC: 10, ridgeAlpha: 1, maxLost: 0.05, smote: false };

/** Fewer out-of-scope rows than this teach nothing about the rest of the world. */
const fewestOutOfScope = 20;

/** In few rows most words stand once; dropping them would leave nothing to learn from. */
const fewRows = 200;

export interface FitSettings extends TriageSettings {
  readonly definition: VariantDefinition;
  readonly seed: number;
}

/** All that is learned from rows, before it is known how sure it may be. */
export interface FittedParts {
  readonly features: TextFeatures;
  readonly members: readonly FittedClassifier[];
  readonly scope: LinearState | null;
  readonly urgency: RidgeState | null;
}

/** Tickets, and their vectors when categories are told by embeddings: row for row. */
export interface TicketRows {
  readonly tickets: readonly LabelledTicket[];
  readonly embeddings: CsrMatrix | null;
}

export function pickRows({ tickets, embeddings }: TicketRows, at: readonly number[]): TicketRows {
  return {
    tickets: at.map((row) => tickets[row]!),
    embeddings: embeddings === null ? null : selectRows(embeddings, at),
  };
}

/** Gives way to the event loop between its stages. @throws SignalboxError `training-data` */
export async function fitParts({ tickets: rows, embeddings }: TicketRows, settings: FitSettings): Promise<FittedParts> {
  const { definition } = settings;
  const { features, matrix } = fitTextFeatures(
    rows.map((row) => ticketText(row.subject, row.body)),
    rows.length < fewRows ? { ...definition.features, minDocuments: 1 } : definition.features,
  );
  await setImmediate();
  const members = await fitMembers(rows, embeddings ?? matrix, settings);
  const scope = fitScope(rows, matrix, settings.scopeC);
  await setImmediate();
  return { features, members, scope, urgency: fitUrgency(rows, matrix, settings.ridgeAlpha) };
}

async function fitMembers(
  rows: readonly LabelledTicket[],
  matrix: CsrMatrix,
  { definition, seed, smote: oversample }: FitSettings,
): Promise<FittedClassifier[]> {
  const inScope = rowsWhere(rows, (row) => row.category !== null);
  const given = {
    matrix: inScope.length === rows.length ? matrix : selectRows(matrix, inScope),
    labels: inScope.map((r) => rows[r]!.category!),
  };
  const { matrix: known, labels } = oversample ? smote(given.matrix, given.labels, { seed }) : given;
  // Made rows come after the given ones and stand alone: their parents may be of two groups.
  const groups = labels.map((_, i) => rows[inScope[i] ?? -1]?.group ?? null);
  const members: FittedClassifier[] = [];
  for (const member of definition.members(rows.length)) {
    members.push(bindClassifier(member, accept(member.fit(known, labels, { seed, groups }))));
    await setImmediate();
  }
  return members;
}

function fitScope(rows: readonly LabelledTicket[], matrix: CsrMatrix, c: number): LinearState | null {
  const sides = rows.map((row) => (row.category === null ? 'out' : 'in'));
  if (sides.filter((side) => side === 'out').length < fewestOutOfScope) return null;
  const tolerance = toleranceFor(rows.length);
  return accept(new LogisticRegression({ c, classWeight: 'balanced', tolerance }).fit(matrix, sides));
}

function fitUrgency(rows: readonly LabelledTicket[], matrix: CsrMatrix, alpha: number): RidgeState | null {
  const known = rowsWhere(rows, (row) => typeof row.urgency === 'number');
  if (known.length === 0) return null;
  const targets = Float64Array.from(known, (r) => rows[r]!.urgency!);
  return accept(new Ridge({ alpha, tolerance: 1e-4 }).fit(selectRows(matrix, known), targets));
}

/** What parts say of rows that they have not seen, row by row; members' logits are rows × classes. */
export interface UnseenLogits {
  readonly members: readonly Float64Array[];
  readonly scope: Float64Array | null;
  readonly familiarity: Float64Array;
  readonly urgency: Float64Array | null;
}

/** A class that the parts do not know has a logit this far below the others: about never. */
const unknownClass = -30;

export function predictUnseen(
  fitted: FittedParts,
  { tickets: rows, embeddings }: TicketRows,
  classes: readonly string[],
): UnseenLogits {
  const texts = rows.map((row) => ticketText(row.subject, row.body));
  const { matrix, familiarity } = new TextVectoriser(fitted.features).transformWithFamiliarity(texts);
  return {
    familiarity,
    members: fitted.members.map((member) => widen(member.logits(embeddings ?? matrix), member.classes, classes)),
    scope: fitted.scope === null ? null : new LogisticRegression().logits(fitted.scope, matrix),
    urgency: fitted.urgency === null ? null : new Ridge().predict(fitted.urgency, matrix),
  };
}

function widen(logits: Float64Array, from: readonly string[], to: readonly string[]): Float64Array {
  if (from.length === to.length) return logits;
  const rows = logits.length / from.length;
  const out = new Float64Array(rows * to.length).fill(unknownClass);
  for (const [c, name] of from.entries()) {
    const place = to.indexOf(name);
    for (let r = 0; r < rows; r++) out[r * to.length + place] = logits[r * from.length + c]!;
  }
  return out;
}

export function rowsWhere(rows: readonly LabelledTicket[], wanted: (row: LabelledTicket) => boolean): number[] {
  return rows.flatMap((row, r) => (wanted(row) ? [r] : []));
}

function accept<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new SignalboxError('training-data', outcome.reason);
}

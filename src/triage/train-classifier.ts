import { setImmediate } from 'node:timers/promises';
import {
  type CsrMatrix,
  denseRows,
  fitStacker,
  mergeLinear,
  type Split,
  type Stacker,
  stackedLogits,
  stratifiedGroupFolds,
} from '../ml/index.ts';
import type { TextEmbedder } from '../platform/index.ts';
import { SignalboxError, type Variant } from '../ticket/index.ts';
import { chooseScope, scoreScope } from './choose-scope.ts';
import { excerptsOf } from './examples.ts';
import {
  defaultTriageSettings,
  type FitSettings,
  fitParts,
  pickRows,
  predictUnseen,
  type TicketRows,
  type TriageSettings,
} from './fit-parts.ts';
import { saveTriageModel, sha256, versionOf } from './model-file.ts';
import { type TopicModel, trainTopics } from './topics.ts';
import { type Guess, guessOf, measureTraining, type OutOfFoldRow } from './training-metrics.ts';
import { type LabelledTicket, readyModel, signsOf, type TriageModel, ticketText } from './triage-model.ts';
import { type VariantDefinition, variantNamed } from './variants.ts';

export interface TrainingOptions {
  readonly seed: number;
  readonly variant?: Variant;
  /** Folds for pool, threshold and figures; 5 unless said. */
  readonly folds?: number;
  /** Called with the fraction done in [0,1] and what is being done. */
  readonly onProgress?: (fraction: number, words: string) => void;
  readonly settings?: Partial<TriageSettings>;
  /** For variants that read texts through an embedding model. */
  readonly embedder?: TextEmbedder;
}

/** A model, and what it said of each of its tickets before it had seen them. */
export interface Training {
  readonly model: TriageModel;
  /** Out of fold; a pool that had not seen the row either. In the order of the rows; rows no fold could check are left out. */
  readonly unseen: readonly Guess[];
}

export async function trainTriageModel(
  rows: readonly LabelledTicket[],
  options: TrainingOptions,
): Promise<TriageModel> {
  return (await trainAndCheck(rows, options)).model;
}

/**
 * Trains categories, confidence, abstention, urgency and topics; the 3,470 starter tickets take 10 s of a core. Gives
 * way to the event loop between stages, which grow with the rows: in a serving process run it in a worker thread, and hand the result
 * over with `saveTriageModel`. The same rows in the same order with the same seed give the same bytes.
 *
 * @throws SignalboxError `training-data` when there is nothing to learn from.
 */
export async function trainAndCheck(rows: readonly LabelledTicket[], options: TrainingOptions): Promise<Training> {
  const { seed } = options;
  const variant = options.variant ?? defaultVariant;
  const definition = variantNamed(variant);
  const settings = { ...defaultTriageSettings, ...options.settings, definition, seed };
  const classes = [...new Set(rows.flatMap((row) => row.category ?? []))].sort();
  const report = options.onProgress ?? (() => {});
  await prepare(definition);
  const embedder = definition.input === 'embedding' ? requireEmbedder(options) : null;
  const all: TicketRows = {
    tickets: rows,
    embeddings: embedder === null ? null : await embedAll(rows, embedder, report),
  };
  const folds = foldsOf(rows, options.folds ?? 5, seed);
  const unseen = await predictFolds(all, { folds, classes, settings, report });
  report(folds.length / (folds.length + 1), 'learning from all tickets');
  await setImmediate();
  const { features, members: fitted, scope: classifier, urgency } = await fitParts(all, settings);
  const { members, pool } = mergeLinear(fitted, fitPool(unseen, classes, fitted.length));
  const scope = chooseScope(unseen, classifier, settings.maxLost);
  const metrics = measureTraining(unseen, scope);
  const dataHash = sha256(JSON.stringify(rows.map((r) => [r.subject, r.body, r.category, r.urgency ?? null])));
  const identity = embedder === null ? null : { id: embedder.id, dimension: embedder.dimension };
  const topics = topicsOf(rows, seed);
  const parts = {
    variant,
    features,
    members,
    pool,
    embedder: identity,
    scope,
    urgency,
    topics,
    excerpts: excerptsOf(rows, members),
    metrics,
    seed,
    dataHash,
  };
  report(1, 'done');
  const model = readyModel(parts, versionOf(saveTriageModel(parts)));
  return { model, unseen: unseen.map((row) => guessOf(row, scope)).sort((a, b) => a.row - b.row) };
}

/** Measured best of those that need one scan and no training tickets at hand; see docs/models.md. */
export const defaultVariant: Variant = 'union';

/** Twenty read well over some thousand tickets; see evals/topics. */
const topicCount = 20;

function topicsOf(rows: readonly LabelledTicket[], seed: number): TopicModel | null {
  const texts = rows.map(({ subject, body }) => (subject === '' ? body : `${subject}\n${body}`));
  const outcome = trainTopics(texts, { topics: topicCount, seed });
  return outcome.ok ? outcome.value : null;
}

async function prepare({ prepare }: VariantDefinition): Promise<void> {
  const outcome = await prepare?.();
  if (outcome?.ok === false) throw new SignalboxError('training-data', outcome.reason);
}

function requireEmbedder({ embedder }: TrainingOptions): TextEmbedder {
  if (embedder !== undefined) return embedder;
  throw new SignalboxError(
    'config-invalid',
    'The variant transformer needs an embedding model. Name its folder with EMBEDDING_MODEL.',
  );
}

/** Texts a call, so that progress is told now and then. */
const embedAtOnce = 256;

async function embedAll(
  rows: readonly LabelledTicket[],
  embedder: TextEmbedder,
  report: (fraction: number, words: string) => void,
): Promise<CsrMatrix> {
  const vectors = new Float32Array(rows.length * embedder.dimension);
  for (let from = 0; from < rows.length; from += embedAtOnce) {
    report(0, `embedding ticket ${from + 1} of ${rows.length}`);
    const texts = rows.slice(from, from + embedAtOnce).map((row) => ticketText(row.subject, row.body));
    vectors.set(await embedder.embed(texts), from * embedder.dimension);
  }
  return denseRows(vectors, embedder.dimension);
}

function foldsOf(rows: readonly LabelledTicket[], folds: number, seed: number): Split[] {
  return stratifiedGroupFolds(
    rows.map((row) => row.category ?? 'out of scope'),
    rows.map((row) => row.group ?? null),
    { folds, seed },
  );
}

interface FoldWork {
  readonly folds: readonly Split[];
  readonly classes: readonly string[];
  readonly settings: FitSettings;
  readonly report: (fraction: number, words: string) => void;
}

/** Every row by members, and by a pool, that have not seen it. */
async function predictFolds(rows: TicketRows, { folds, classes, settings, report }: FoldWork): Promise<OutOfFoldRow[]> {
  const found: FoldRow[] = [];
  for (const [i, fold] of folds.entries()) {
    report(i / (folds.length + 1), `checking on unseen tickets, part ${i + 1} of ${folds.length}`);
    await setImmediate();
    const train = pickRows(rows, fold.train);
    const known = new Set(train.tickets.flatMap((row) => row.category ?? []));
    // With very few rows a part may know one category only; it can't check anything.
    if (known.size < 2) continue;
    const test = pickRows(rows, fold.test);
    const said = predictUnseen(await fitParts(train, settings), test, classes);
    const k = classes.length;
    for (const [at, ticket] of test.tickets.entries()) {
      found.push({
        row: fold.test[at]!,
        fold: i,
        ticket,
        classes,
        complete: known.size === k,
        members: said.members.map((logits) => logits.subarray(at * k, (at + 1) * k)),
        evidence: { familiarity: said.familiarity[at]!, scope: said.scope?.subarray(2 * at, 2 * at + 2) ?? null },
        urgency: said.urgency === null ? null : Math.min(1, Math.max(0, said.urgency[at]!)),
      });
    }
  }
  return scoreScope(folds.flatMap((_, i) => poolFold(found, i, classes)));
}

/** A row before it is known what the other folds make of its members. */
type FoldRow = Omit<OutOfFoldRow, 'logits' | 'signs' | 'scopeScore'> & {
  readonly evidence: { readonly familiarity: number; readonly scope: Float64Array | null };
};

/** The rows of one fold with the logits of a pool that was fitted on the other folds. */
function poolFold(rows: readonly FoldRow[], fold: number, classes: readonly string[]): OutOfFoldRow[] {
  const mine = rows.filter((row) => row.fold === fold);
  if (mine.length === 0) return [];
  const others = rows.filter((row) => row.fold !== fold);
  // Where no other fold could check anything, an unfitted pool: one fitted on these very rows would flatter them.
  const pool = fitPool(others, classes, mine[0]!.members.length);
  return mine.map(({ evidence, ...row }) => {
    const logits = stackedLogits(pool, row.members);
    return { ...row, logits, signs: signsOf(logits, evidence.familiarity, evidence.scope), scopeScore: 0 };
  });
}

/** From the in-scope rows whose fold knew every class. */
function fitPool(
  rows: readonly Pick<OutOfFoldRow, 'complete' | 'ticket' | 'members'>[],
  classes: readonly string[],
  count: number,
): Stacker {
  const usable = rows.filter((row) => row.complete && row.ticket.category !== null);
  const members = Array.from({ length: count }, (_, m) => {
    const logits = new Float64Array(usable.length * classes.length);
    for (const [i, row] of usable.entries()) logits.set(row.members[m]!, i * classes.length);
    return logits;
  });
  const targets = Int32Array.from(usable, (row) => classes.indexOf(row.ticket.category!));
  return fitStacker({ members, targets, classes: classes.length });
}

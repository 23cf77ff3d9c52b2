/**
 * The starter model on tickets it has not seen: cross-validated by scenario on the training split (what the model
 * says of itself), and on the held-out split, which shares no scenario with it. Prints JSON with 95 % intervals
 * (bootstrap by scenario).
 *
 *   node evals/classifier/starter-score.ts
 */
import { readFileSync } from 'node:fs';
import { bootstrap, expectedCalibrationError, reportClasses, rocAuc, spearman } from '../../src/ml/index.ts';
import {
  type Classification,
  classify,
  loadTriageModel,
  saveTriageModel,
  ticketText,
  trainTriageModel,
} from '../../src/triage/index.ts';

interface StarterTicket {
  readonly scenario: string;
  readonly language: string;
  readonly subject: string;
  readonly body: string;
  readonly category: string | null;
  readonly department: string | null;
  readonly urgency: number;
  readonly split: 'train' | 'test';
}

interface Seen {
  readonly ticket: StarterTicket;
  readonly found: Classification;
}

const seed = 1;

function readStarterTickets(): StarterTicket[] {
  const file = new URL('../../starter/tickets.jsonl', import.meta.url);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function figuresOf(seen: readonly Seen[]): Record<string, unknown> {
  const inScope = seen.filter(({ ticket }) => ticket.category !== null);
  const groups = inScope.map(({ ticket }) => ticket.scenario);
  const right = inScope.map(({ ticket, found }) => found.category === ticket.category);
  const confidences = inScope.map(({ found }) => found.confidence);
  const over = (statistic: (rows: readonly Seen[]) => number): unknown =>
    bootstrap(inScope.length, (rows) => statistic(rows.map((row) => inScope[row]!)), { seed, groups });
  const share = (test: (row: Seen) => boolean): unknown => over((rows) => rows.filter(test).length / rows.length);
  const report = (rows: readonly Seen[]): ReturnType<typeof reportClasses> =>
    reportClasses(
      rows.map(({ ticket }) => ticket.category!),
      rows.map(({ found }) => found.category),
    );
  return {
    rows: inScope.length,
    accuracy: share(({ ticket, found }) => found.category === ticket.category),
    macroF1: over((rows) => report(rows).macroF1),
    calibrationError: expectedCalibrationError(confidences, right),
    covered: Object.fromEntries(
      [0.55, 0.75].map((from) => {
        const covered = right.filter((_, i) => confidences[i]! >= from);
        return [
          from,
          { share: covered.length / right.length, accuracy: covered.filter(Boolean).length / covered.length },
        ];
      }),
    ),
    abstained: share(({ found }) => found.abstained),
    urgencySpearman: over((rows) =>
      spearman(
        rows.map(({ ticket }) => ticket.urgency),
        rows.map(({ found }) => found.urgency ?? 0),
      ),
    ),
  };
}

function scopeFigures(seen: readonly Seen[]): unknown {
  const scores = (out: boolean): number[] =>
    seen.filter(({ ticket }) => (ticket.category === null) === out).map(({ found }) => found.scopeScore);
  const outside = seen.filter(({ ticket }) => ticket.category === null);
  const slipped = outside.filter(({ found }) => !found.abstained && found.confidence >= 0.55);
  return {
    outOfScopeRows: outside.length,
    auc: rocAuc(scores(false), scores(true)),
    caught: outside.filter(({ found }) => found.abstained).length / outside.length,
    neitherCaughtNorUnsure: slipped.length / outside.length,
  };
}

async function main(): Promise<void> {
  const tickets = readStarterTickets();
  const started = performance.now();
  const trained = await trainTriageModel(
    tickets.filter((t) => t.split === 'train').map((t) => ({ ...t, group: t.scenario })),
    { seed },
  );
  const trainSeconds = (performance.now() - started) / 1000;
  const file = saveTriageModel(trained);
  const loading = performance.now();
  const model = loadTriageModel(file);
  const loadMilliseconds = performance.now() - loading;
  const held = tickets.filter((t) => t.split === 'test');
  const look = (): Seen[] =>
    held.map((ticket) => ({ ticket, found: classify(model, ticketText(ticket.subject, ticket.body)) }));
  const seen = look();
  const warm = performance.now();
  for (let round = 0; round < 20; round++) look();
  const perSecond = (20 * held.length * 1000) / (performance.now() - warm);
  const inLanguage = (language: string): Seen[] => seen.filter(({ ticket }) => ticket.language === language);
  const short = seen.filter(({ ticket }) => ticket.body.split(/\s+/).length <= 15);
  const truth = seen.filter(({ ticket }) => ticket.category !== null);
  const result = {
    model: model.version,
    trainSeconds,
    loadMilliseconds,
    fileBytes: file.length,
    classifyPerSecond: perSecond,
    crossValidated: model.metrics,
    heldOut: {
      all: figuresOf(seen),
      en: figuresOf(inLanguage('en')),
      de: figuresOf(inLanguage('de')),
      upTo15Words: figuresOf(short),
      scope: scopeFigures(seen),
      classes: reportClasses(
        truth.map(({ ticket }) => ticket.category!),
        truth.map(({ found }) => found.category),
      ).classes,
    },
  };
  console.log(JSON.stringify(result, null, 2));
}

await main();

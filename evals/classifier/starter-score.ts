/**
 * The starter model on tickets it has not seen: cross-validated by scenario on the training split (what the model
 * says of itself), and on the held-out split, which shares no scenario with it. Prints JSON with 95 % intervals
 * (bootstrap by scenario). With the published tickets at hand also a look at foreign tickets: the department of
 * the category found against the one their queue is mapped to.
 *
 *   node evals/classifier/starter-score.ts [--data FOLDER]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, expectedCalibrationError, reportClasses, rocAuc, spearman } from '../../src/ml/index.ts';
import {
  type Classification,
  classify,
  loadTriageModel,
  saveTriageModel,
  type TriageModel,
  ticketText,
  trainTriageModel,
} from '../../src/triage/index.ts';
import { readPublishedTickets } from './published-tickets.ts';

interface StarterTicket {
  readonly scenario: string;
  readonly language: string;
  readonly subject: string;
  readonly body: string;
  readonly category: string | null;
  readonly department: string | null;
  readonly urgency: number | null;
  readonly split: 'train' | 'test';
}

interface Seen {
  readonly ticket: StarterTicket;
  readonly found: Classification;
}

const seed = 1;

const { values: options } = parseArgs({
  options: { data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') } },
});

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
        rows.flatMap(({ ticket }) => ticket.urgency ?? []),
        rows.flatMap(({ ticket, found }) => (ticket.urgency === null ? [] : (found.urgency ?? 0))),
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

/** Category → department as the taxonomy has it, department against the mapped queue of the published tickets. */
function scorePublished(model: TriageModel): unknown {
  const tickets = readPublishedTickets(options.data, 'dev');
  if (tickets === null) return 'skipped: the published tickets are not on this machine';
  const file = new URL('../../starter/taxonomy.json', import.meta.url);
  const taxonomy: { categories: { name: string; department: string }[] } = JSON.parse(readFileSync(file, 'utf8'));
  const departmentOf = new Map(taxonomy.categories.map(({ name, department }) => [name, department]));
  const scored = tickets.map(({ text, labels, language }) => {
    const found = classify(model, text);
    return { truth: labels.department, found: departmentOf.get(found.category) ?? '', language, ...found };
  });
  return Object.fromEntries(
    ['all', 'en', 'de'].map((language) => {
      const rows = scored.filter((row) => language === 'all' || row.language === language);
      const report = reportClasses(
        rows.map(({ truth }) => truth),
        rows.map(({ found }) => found),
      );
      const abstained = rows.filter((row) => row.abstained).length / rows.length;
      const covered = rows.filter((row) => row.confidence >= 0.55).length / rows.length;
      return [language, { rows: rows.length, accuracy: report.accuracy, macroF1: report.macroF1, covered, abstained }];
    }),
  );
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
    publishedDepartments: scorePublished(model),
  };
  console.log(JSON.stringify(result, null, 2));
}

await main();

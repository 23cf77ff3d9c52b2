/**
 * Urgency on tickets that nothing was fitted on: the held-out starter scenarios (ridge alone, cues alone, both), and,
 * where they are at hand, the published tickets with their priorities low, medium, high, as a check that nothing is
 * tuned on. Prints JSON with 95 % intervals (bootstrap, starter tickets by scenario).
 *
 *   node evals/urgency/urgency-score.ts [--data FOLDER]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, reportClasses, spearman } from '../../src/ml/index.ts';
import {
  blendUrgency,
  classify,
  findUrgencyCues,
  priorityOf,
  type TriageModel,
  ticketText,
  trainTriageModel,
} from '../../src/triage/index.ts';
import { readPublishedTickets } from '../classifier/published-tickets.ts';
import { asLabelled, readStarterTickets } from './starter-tickets.ts';

const seed = 1;
const { values: options } = parseArgs({
  options: { data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') } },
});

interface Scored {
  readonly truth: number;
  readonly group: string;
  readonly language: string;
  readonly scores: Readonly<Record<'ridge' | 'cues' | 'blend', number>>;
}

function scoresOf(model: TriageModel, text: string): Scored['scores'] {
  const ridge = classify(model, text).urgency;
  const cues = findUrgencyCues(text);
  return { ridge: ridge ?? 0, cues: cues.score, blend: blendUrgency(ridge, cues) };
}

function correlations(rows: readonly Scored[]): Record<string, unknown> {
  const groups = rows.map(({ group }) => group);
  return Object.fromEntries(
    (['ridge', 'cues', 'blend'] as const).map((name) => [
      name,
      bootstrap(
        rows.length,
        (drawn) =>
          spearman(
            drawn.map((row) => rows[row]!.truth),
            drawn.map((row) => rows[row]!.scores[name]),
          ),
        { seed, groups, rounds: 500 },
      ),
    ]),
  );
}

/** Critical is a label, and a score, above 0.8. */
function criticalOf(rows: readonly Scored[], name: keyof Scored['scores']): Record<string, number> {
  const found = rows.filter(({ scores }) => scores[name] > 0.8);
  return {
    critical: rows.filter(({ truth }) => truth > 0.8).length,
    found: found.filter(({ truth }) => truth > 0.8).length,
    tooMany: found.filter(({ truth }) => truth <= 0.8).length,
    tooManyBelowHalf: found.filter(({ truth }) => truth < 0.5).length,
  };
}

const perLanguage = <T extends { readonly language: string }>(
  rows: readonly T[],
  figures: (rows: T[]) => unknown,
): unknown =>
  Object.fromEntries(
    ['en', 'de'].map((language) => [language, figures(rows.filter((row) => row.language === language))]),
  );

function scorePublished(model: TriageModel): unknown {
  const tickets = readPublishedTickets(options.data, 'dev');
  if (tickets === null) return 'skipped: the published tickets are not on this machine';
  const order = { low: 0, medium: 1, high: 2 } as Record<string, number>;
  const rows = tickets.map(({ text, language, labels }, i) => ({
    priority: labels.priority,
    truth: order[labels.priority]!,
    group: String(i),
    language,
    scores: scoresOf(model, text),
  }));
  return perLanguage(rows, (part) => {
    const { accuracy, macroF1 } = reportClasses(
      part.map(({ priority }) => priority),
      part.map(({ scores }) => priorityOf(scores.blend)),
    );
    return { rows: part.length, spearman: correlations(part), priority: { accuracy, macroF1 } };
  });
}

const model = await trainTriageModel(readStarterTickets('train').map(asLabelled), { seed });
const heldOut: Scored[] = readStarterTickets('test').map((ticket) => ({
  truth: ticket.urgency,
  group: ticket.scenario,
  language: ticket.language,
  scores: scoresOf(model, ticketText(ticket.subject, ticket.body)),
}));
const starter = perLanguage(heldOut, (rows) => ({
  rows: rows.length,
  spearman: correlations(rows),
  critical: { cues: criticalOf(rows, 'cues'), blend: criticalOf(rows, 'blend') },
}));
console.log(JSON.stringify({ starter, published: scorePublished(model) }, null, 2));

/**
 * Urgency on tickets that nothing was fitted on: the held-out starter scenarios (ridge alone, cues alone, both), and,
 * where they are at hand, the published tickets with their priorities low, medium, high (dev; words were looked for in
 * train only), beside a ridge learned from the published train rows. Prints JSON with 95 % intervals (bootstrap by
 * scenario, and by group of paraphrases).
 *
 *   node evals/urgency/urgency-score.ts [--data FOLDER] [--rows N] [--alpha 3]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, reportClasses, rocAuc, spearman } from '../../src/ml/index.ts';
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
import { trainOnPriorities, urgencyOfPriority } from './published-ridge.ts';
import { asLabelled, readStarterTickets } from './starter-tickets.ts';

const seed = 1;
const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
    rows: { type: 'string', default: '1000000' },
    alpha: { type: 'string', default: '3' },
  },
});

interface Scored {
  readonly truth: number;
  readonly group: string;
  readonly language: string;
  readonly scores: Scores;
}

/** `learned` only for the published tickets: a ridge of their own train rows. */
type Scores = Readonly<Record<'ridge' | 'cues' | 'blend', number>> & { readonly learned?: number };
const scoreNames = ['ridge', 'cues', 'blend', 'learned'] as const;

function scoresOf(model: TriageModel, text: string): Scores {
  const ridge = classify(model, text).urgency;
  const cues = findUrgencyCues(text);
  return { ridge: ridge ?? 0, cues: cues.score, blend: blendUrgency(ridge, cues) };
}

type Statistic = (truth: readonly number[], scores: readonly number[]) => number;

/** The statistic of every score that the rows have. */
function compare(rows: readonly Scored[], statistic: Statistic): Record<string, unknown> {
  const groups = rows.map(({ group }) => group);
  const names = scoreNames.filter((name) => rows[0]?.scores[name] !== undefined);
  return Object.fromEntries(
    names.map((name) => [
      name,
      bootstrap(
        rows.length,
        (drawn) =>
          statistic(
            drawn.map((row) => rows[row]!.truth),
            drawn.map((row) => rows[row]!.scores[name]!),
          ),
        { seed, groups, rounds: 300 },
      ),
    ]),
  );
}

/** Chance that a row of high priority scores above another. */
const highAgainstRest: Statistic = (truth, scores) =>
  rocAuc(
    scores.filter((_, i) => truth[i] === 1),
    scores.filter((_, i) => truth[i] !== 1),
  );

/** Critical is a label, and a score, above 0.8. */
function criticalOf(rows: readonly Scored[], name: 'cues' | 'blend'): Record<string, number> {
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
  const train = readPublishedTickets(options.data, 'train')!.slice(0, Number(options.rows));
  const learned = trainOnPriorities(train, Number(options.alpha))(tickets.map(({ text }) => text));
  const rows = tickets.map(({ text, language, labels, group }, i) => ({
    priority: labels.priority,
    truth: urgencyOfPriority[labels.priority]!,
    group,
    language,
    scores: { ...scoresOf(model, text), learned: learned[i]! },
  }));
  return perLanguage(rows, (part) => {
    const { accuracy, macroF1 } = reportClasses(
      part.map(({ priority }) => priority),
      part.map(({ scores }) => priorityOf(scores.blend)),
    );
    return {
      rows: part.length,
      spearman: compare(part, spearman),
      highAgainstRest: compare(part, highAgainstRest),
      priority: { accuracy, macroF1 },
    };
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
  spearman: compare(rows, spearman),
  critical: { cues: criticalOf(rows, 'cues'), blend: criticalOf(rows, 'blend') },
}));
console.log(JSON.stringify({ starter, published: scorePublished(model) }, null, 2));

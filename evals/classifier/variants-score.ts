/**
 * The variants as people train them (folds by group, pool, calibration) on published tickets, learned from the train
 * file and measured on dev, which shares no group with it. For each: macro-F1, accuracy, expected calibration error of
 * the top label (15 bins of equal mass, and of equal width; beside it what chance alone would show), how often it is right where it is at least 0.75 sure,
 * seconds to train, milliseconds for a ticket, size of the file. Intervals: 95 %, bootstrap by group.
 *
 *   node evals/classifier/variants-score.ts [--data FOLDER] [--task department] [--variants logreg,svc,union,ensemble]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, calibrationErrorOf, createRandom, equalMassBins, reliabilityBins } from '../../src/ml/index.ts';
import { isVariant, type Variant } from '../../src/ticket/index.ts';
import {
  figuresOf,
  type Guess,
  guessTickets,
  type LabelledTicket,
  saveTriageModel,
  trainAndCheck,
} from '../../src/triage/index.ts';
import { readPublishedTickets, type Task } from './published-tickets.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
    task: { type: 'string', default: 'department' },
    variants: { type: 'string', default: 'logreg,svc,union,ensemble' },
  },
});

function readTickets(part: 'train' | 'dev'): LabelledTicket[] | null {
  const rows = readPublishedTickets(options.data, part);
  return (
    rows?.map(({ text, labels, group }) => {
      const [subject, ...body] = text.split('\n');
      return { subject: subject!, body: body.join('\n'), category: labels[options.task as Task], group };
    }) ?? null
  );
}

function calibrationOf(guesses: readonly Guess[]): { equalMass: number; equalWidth: number } {
  const confidences = guesses.map(({ confidence }) => confidence);
  const right = guesses.map(({ category, ticket }) => category === ticket.category);
  return {
    equalMass: calibrationErrorOf(equalMassBins(confidences, right, 15)),
    equalWidth: calibrationErrorOf(reliabilityBins(confidences, right, 15)),
  };
}

/** What a perfectly calibrated model would show with these confidences: mean and 95 % range of 200 draws. */
function calibrationFloor(guesses: readonly Guess[]): { mean: number; low: number; high: number } {
  const random = createRandom(1);
  const confidences = guesses.map(({ confidence }) => confidence);
  const drawn = Array.from({ length: 200 }, () => {
    const right = confidences.map((confidence) => random.next() < confidence);
    return calibrationErrorOf(equalMassBins(confidences, right, 15));
  }).sort((a, b) => a - b);
  return { mean: drawn.reduce((sum, error) => sum + error, 0) / 200, low: drawn[5]!, high: drawn[194]! };
}

async function measure(variant: Variant, train: LabelledTicket[], dev: LabelledTicket[]): Promise<unknown> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { model, unseen } = await trainAndCheck(train, { seed: 1, variant });
  const trainSeconds = (performance.now() - started) / 1000;
  const trainCpuSeconds = process.cpuUsage(cpu).user / 1e6;
  const before = process.cpuUsage();
  const guesses = await guessTickets(model, dev);
  const ticketMilliseconds = process.cpuUsage(before).user / 1000 / dev.length;
  const figures = figuresOf(guesses);
  const over = (statistic: (rows: readonly Guess[]) => number): unknown =>
    bootstrap(guesses.length, (rows) => statistic(rows.map((row) => guesses[row]!)), {
      seed: 1,
      rounds: 300,
      groups: dev.map(({ group }) => group ?? ''),
    });
  const { macroF1, accuracy } = model.metrics;
  return {
    variant,
    rows: { train: train.length, dev: dev.length },
    crossValidated: { macroF1, accuracy, calibrationError: calibrationOf(unseen) },
    macroF1: over((rows) => figuresOf(rows).macroF1),
    accuracy: figures.accuracy,
    calibrationError: { ...calibrationOf(guesses), floor: calibrationFloor(guesses) },
    sure: figures.coverage.find(({ from }) => from === 0.75),
    trainSeconds,
    trainCpuSeconds,
    ticketMilliseconds,
    fileBytes: saveTriageModel(model).length,
  };
}

async function main(): Promise<void> {
  const [train, dev] = [readTickets('train'), readTickets('dev')];
  if (train === null || dev === null) {
    console.log(JSON.stringify({ skipped: 'The published tickets are not on this machine.' }));
    return;
  }
  for (const variant of options.variants.split(',').filter(isVariant))
    console.log(JSON.stringify(await measure(variant, train, dev)));
}

await main();

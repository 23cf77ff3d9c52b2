/**
 * Fits what each kind of urgency cue is worth, and how much ridge and cues weigh in the blend, on the train split of
 * the starter tickets; writes src/triage/urgency-weights.ts (`--dry` only prints). Deterministic.
 *
 * Cross-entropy against the labelled urgency (a number in [0,1]), rows above 0.8 three times, L2 of 1, projected
 * gradient with momentum. Signs are held: what raises may not lower and the other way round. Held by hand: `calm` at
 * most -0.35 (many starter tickets that say "no rush" are traps), an outage of a system at least 0.5, the customer's
 * own "urgent" at least 0.4, `grave` at least 0.3 and `inquiry` at most -0.3 (rare in the starter tickets; business mail
 * is full of them), the length at most 1. The blend sees out-of-fold predictions of the ridge.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stratifiedGroupFolds } from '../../src/ml/index.ts';
import {
  type CueKind,
  classify,
  cueFindings,
  cueKinds,
  lengthOf,
  logit,
  shareOf,
  ticketText,
  trainTriageModel,
} from '../../src/triage/index.ts';
import { asLabelled, readStarterTickets } from './starter-tickets.ts';

const { values: options } = parseArgs({ options: { dry: { type: 'boolean', default: false } } });

const pairs: readonly (readonly [CueKind, CueKind])[] = [
  ['outage', 'scope'],
  ['outage', 'production'],
  ['outage', 'system'],
  ['outage', 'ongoing'],
  ['blocked', 'scope'],
  ['blocked', 'today'],
  ['loss', 'ongoing'],
  ['loss', 'system'],
  ['breach', 'ongoing'],
  ['breach', 'scope'],
  ['breach', 'today'],
  ['safety', 'outage'],
  ['safety', 'fault'],
  ['court', 'today'],
  ['scope', 'ongoing'],
  ['money', 'soon'],
  ['production', 'ongoing'],
  ['grave', 'outage'],
  ['grave', 'fault'],
];
const lowering: readonly CueKind[] = [
  'resolved',
  'trifle',
  'wish',
  'question',
  'inquiry',
  'praise',
  'unsolicited',
  'workaround',
];

type Bounds = readonly [low: number, high: number];
function boundsOfKind(kind: CueKind): Bounds {
  if (kind === 'plain' || kind === 'hypothetical') return [0, 0];
  if (kind === 'calm') return [-9, -0.35];
  if (kind === 'urgent') return [0.4, 9];
  if (kind === 'grave') return [0.3, 9];
  if (kind === 'inquiry') return [-9, -0.3];
  return lowering.includes(kind) ? [-9, 0] : [0, 9];
}
const boundsOfPair = (a: CueKind, b: CueKind): Bounds => (a === 'outage' && b === 'system' ? [0.5, 9] : [0, 9]);

interface Row {
  readonly features: readonly number[];
  readonly urgency: number;
}

/** Weights within `bounds`; the last feature of each row is the constant one, whose weight is not drawn to zero. */
function fitWeights(rows: readonly Row[], bounds: readonly Bounds[]): number[] {
  const weights = bounds.map(([low, high]) => Math.min(high, Math.max(low, 0)));
  const speed = bounds.map(() => 0);
  const total = rows.reduce((sum, row) => sum + importance(row), 0);
  for (let step = 0; step < 2_500; step++) {
    const gradient = weights.map((weight, i) => (i < weights.length - 1 ? weight : 0));
    for (const row of rows) {
      const error = (predict(weights, row) - row.urgency) * importance(row);
      row.features.forEach((feature, i) => {
        if (feature !== 0) gradient[i]! += error * feature;
      });
    }
    for (let i = 0; i < weights.length; i++) {
      speed[i] = 0.9 * speed[i]! - (0.3 * gradient[i]!) / total;
      const [low, high] = bounds[i]!;
      weights[i] = Math.min(high, Math.max(low, weights[i]! + speed[i]!));
    }
  }
  return weights;
}
const importance = (row: Row): number => (row.urgency > 0.8 ? 3 : 1);
const predict = (weights: readonly number[], row: Row): number =>
  1 / (1 + Math.exp(-row.features.reduce((sum, feature, i) => sum + feature * weights[i]!, 0)));

const tickets = readStarterTickets('train');
const cueRows: Row[] = tickets.map(({ subject, body, urgency }) => {
  const { count, together, wordCount } = cueFindings(`${subject}\n${body}`);
  return {
    features: [
      ...cueKinds.map((kind) => shareOf(count(kind), wordCount)),
      ...pairs.map(([a, b]) => (together(a, b) ? 1 : 0)),
      lengthOf(wordCount),
      1,
    ],
    urgency,
  };
});
const free: Bounds = [-9, 9];
const weights = fitWeights(cueRows, [
  ...cueKinds.map(boundsOfKind),
  ...pairs.map(([a, b]) => boundsOfPair(a, b)),
  [0, 1],
  free,
]);

/** What the ridge says of tickets whose scenario it has not seen. */
async function outOfFoldRidge(): Promise<number[]> {
  const predicted = new Array<number>(tickets.length).fill(0);
  const splits = stratifiedGroupFolds(
    tickets.map(({ category }) => category ?? ''),
    tickets.map(({ scenario }) => scenario),
    { folds: 5, seed: 1 },
  );
  for (const { train, test } of splits) {
    const rows = Array.from(train, (row) => asLabelled(tickets[row]!));
    const model = await trainTriageModel(rows, { seed: 1, folds: 2 });
    for (const row of test) {
      const { subject, body } = tickets[row]!;
      predicted[row] = classify(model, ticketText(subject, body)).urgency ?? 0;
    }
  }
  return predicted;
}
const ridge = await outOfFoldRidge();
const blend = fitWeights(
  tickets.map(({ urgency }, i) => ({
    features: [logit(ridge[i]!), logit(predict(weights, cueRows[i]!)), 1],
    urgency,
  })),
  [[0, 9], [0, 9], free],
);

const rounded = (value: number): number => Math.round(value * 100) / 100;
const kindLines = cueKinds.flatMap((kind, i) =>
  rounded(weights[i]!) === 0 ? [] : `  ['${kind}', ${rounded(weights[i]!)}],`,
);
const pairLines = pairs.flatMap(([a, b], i) => {
  const weight = rounded(weights[cueKinds.length + i]!);
  return weight === 0 ? [] : `  ['${a}', '${b}', ${weight}],`;
});
const source = `import type { CueKind } from './urgency-kinds.ts';

/** Written by evals/urgency/fit-weights.ts, which says how; kinds and pairs that came out at zero are left out. */
export const kindWeights: readonly (readonly [CueKind, number])[] = [
${kindLines.join('\n')}
];

/** Further weight where two kinds stand in the same or in neighbouring sentences. */
export const pairWeights: readonly (readonly [CueKind, CueKind, number])[] = [
${pairLines.join('\n')}
];

export const bias = ${rounded(weights.at(-1)!)};

/** For the length of the text: ideas and chatter are short, trouble takes words. */
export const lengthWeight = ${rounded(weights.at(-2)!)};

/** Of the log odds of the ridge and of the cues. */
export const blendWeights = { bias: ${rounded(blend[2]!)}, ridge: ${rounded(blend[0]!)}, cues: ${rounded(blend[1]!)} };
`;
if (options.dry) console.log(source);
else writeFileSync(new URL('../../src/triage/urgency-weights.ts', import.meta.url), source);

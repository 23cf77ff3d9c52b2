import type { CueKind } from './urgency-kinds.ts';

/** Written by evals/urgency/fit-weights.ts, which says how; kinds and pairs that came out at zero are left out. */
export const kindWeights: readonly (readonly [CueKind, number])[] = [
  ['disaster', 0.04],
  ['urgent', 0.4],
  ['today', 1.19],
  ['soon', 0.64],
  ['outage', 0.65],
  ['system', 0.12],
  ['production', 0.08],
  ['scope', 0.55],
  ['blocked', 1.01],
  ['fault', 0.53],
  ['loss', 1.39],
  ['breach', 2.11],
  ['suspicion', 1.35],
  ['ongoing', 0.8],
  ['safety', 1.25],
  ['court', 1.33],
  ['law', 0.51],
  ['money', 1.09],
  ['dunning', 0.58],
  ['calm', -0.37],
  ['resolved', -0.18],
  ['trifle', -0.37],
  ['wish', -0.97],
  ['question', -0.18],
  ['praise', -0.94],
  ['unsolicited', -1.76],
];

/** Further weight where two kinds stand in the same or in neighbouring sentences. */
export const pairWeights: readonly (readonly [CueKind, CueKind, number])[] = [
  ['outage', 'scope', 0.71],
  ['outage', 'production', 0.55],
  ['outage', 'system', 0.5],
  ['outage', 'ongoing', 0.37],
  ['blocked', 'scope', 0.33],
  ['blocked', 'today', 0.19],
  ['loss', 'ongoing', 0.36],
  ['loss', 'system', 0.7],
  ['breach', 'ongoing', 0.12],
  ['breach', 'scope', 0.13],
  ['breach', 'today', 0.03],
  ['safety', 'outage', 0.49],
  ['safety', 'fault', 0.47],
  ['court', 'today', 0.5],
  ['scope', 'ongoing', 0.58],
  ['money', 'soon', 0.26],
  ['production', 'ongoing', 0.33],
];

export const bias = -1.69;

/** For the length of the text: ideas and chatter are short, trouble takes words. */
export const lengthWeight = 1;

/** Of the log odds of the ridge and of the cues. */
export const blendWeights = { bias: 0.34, ridge: 0.82, cues: 0.71 };

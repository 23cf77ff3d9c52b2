import type { CueKind } from './urgency-kinds.ts';

/** Written by evals/urgency/fit-weights.ts, which says how; kinds and pairs that came out at zero are left out. */
export const kindWeights: readonly (readonly [CueKind, number])[] = [
  ['disaster', 0.22],
  ['urgent', 0.44],
  ['today', 0.95],
  ['soon', 0.49],
  ['outage', 0.81],
  ['system', 0.27],
  ['production', 0.03],
  ['scope', 0.73],
  ['blocked', 1.01],
  ['grave', 0.3],
  ['fault', 0.53],
  ['loss', 1.02],
  ['breach', 2.11],
  ['suspicion', 0.89],
  ['ongoing', 0.78],
  ['safety', 0.7],
  ['court', 1.34],
  ['law', 0.58],
  ['money', 1.02],
  ['dunning', 0.7],
  ['again', 0.03],
  ['calm', -0.35],
  ['resolved', -0.21],
  ['trifle', -0.3],
  ['wish', -1],
  ['question', -0.25],
  ['inquiry', -0.3],
  ['praise', -0.94],
  ['unsolicited', -1.73],
];

/** Further weight where two kinds stand in the same or in neighbouring sentences. */
export const pairWeights: readonly (readonly [CueKind, CueKind, number])[] = [
  ['outage', 'scope', 0.82],
  ['outage', 'production', 0.49],
  ['outage', 'system', 0.5],
  ['outage', 'ongoing', 0.09],
  ['blocked', 'scope', 0.11],
  ['blocked', 'today', 0.26],
  ['loss', 'ongoing', 0.51],
  ['loss', 'system', 0.27],
  ['breach', 'ongoing', 0.16],
  ['breach', 'scope', 0.03],
  ['breach', 'today', 0.09],
  ['safety', 'outage', 0.25],
  ['safety', 'fault', 0.66],
  ['court', 'today', 0.64],
  ['scope', 'ongoing', 0.44],
  ['money', 'soon', 0.33],
  ['production', 'ongoing', 0.25],
  ['grave', 'fault', 0.26],
];

export const bias = -1.72;

/** For the length of the text: ideas and chatter are short, trouble takes words. */
export const lengthWeight = 1;

/** Of the log odds of the ridge and of the cues. */
export const blendWeights = { bias: 0.34, ridge: 0.78, cues: 0.65 };

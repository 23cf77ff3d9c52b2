import { createHash } from 'node:crypto';
import {
  type FittedClassifier,
  type LinearState,
  LogisticRegression,
  loadClassifier,
  loadTextFeatures,
  type ParsedModel,
  parseModel,
  type SavedState,
  type Section,
  type Stacker,
  saveTextFeatures,
  serialiseModel,
} from '../ml/index.ts';
import { isVariant, SignalboxError, type Variant } from '../ticket/index.ts';
import { loadExcerpts, saveExcerpts } from './examples.ts';
import { loadTopics, saveTopics } from './topics-file.ts';
import {
  readyModel,
  type ScopeModel,
  type TrainingMetrics,
  type TriageModel,
  type TriageModelParts,
} from './triage-model.ts';

const kind = 'triage-2';

/** Goes up with what training puts into a file: older ones can still be read, but the starter model is trained anew. */
export const modelContents = 2;

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const linear = new LogisticRegression();

const poolParts = ['temperatures', 'weights', 'biases'] as const;

export function saveTriageModel(model: TriageModelParts): Uint8Array {
  const { features, members, pool, scope, urgency } = model;
  const parts: Record<string, SavedState> = { features: saveTextFeatures(features) };
  for (const [m, member] of members.entries()) parts[`member-${m}`] = member.save();
  if (model.topics !== null) parts['topics'] = saveTopics(model.topics);
  if (scope.classifier !== null) parts['scope'] = linear.save(scope.classifier);
  const sections: Record<string, Section> = {};
  const headers: Record<string, unknown> = {};
  for (const [part, saved] of Object.entries(parts)) {
    headers[part] = saved.header;
    for (const [name, section] of Object.entries(saved.sections)) sections[`${part}/${name}`] = section;
  }
  if (model.excerpts !== null) sections['excerpts'] = saveExcerpts(model.excerpts);
  if (urgency !== null) sections['urgency/weights'] = urgency.weights;
  for (const name of poolParts) sections[`pool/${name}`] = pool[name];
  const header = {
    kind,
    variant: model.variant,
    members: members.length,
    embedder: model.embedder,
    ...headers,
    // JSON knows no infinity: a model that never abstains by score has a null threshold.
    scopeRule: { blend: scope.blend, threshold: Number.isFinite(scope.threshold) ? scope.threshold : null },
    urgencyIntercept: urgency?.intercept ?? null,
    seed: model.seed,
    dataHash: model.dataHash,
    metrics: model.metrics,
  };
  return serialiseModel({ header, sections }, sha256);
}

/** The version of a model: the first digits of its file's checksum. */
export function versionOf(file: Uint8Array): string {
  return new TextDecoder().decode(file.subarray(file.length - 64, file.length - 52));
}

/** @throws SignalboxError `model-invalid` with the reason. */
export function loadTriageModel(file: Uint8Array): TriageModel {
  const parsed = accept(parseModel(file, sha256));
  const { header } = parsed;
  if (header['kind'] !== kind) {
    throw new SignalboxError(
      'model-invalid',
      `The model file is of the kind "${String(header['kind'])}", and this version reads "${kind}". Train again.`,
    );
  }
  const rule = header['scopeRule'] as { blend: ScopeModel['blend']; threshold: number | null };
  const { excerpts, 'urgency/weights': urgencyWeights } = parsed.sections;
  const parts: TriageModelParts = {
    variant: knownVariant(header['variant']),
    features: accept(loadTextFeatures(partOf(parsed, 'features'))),
    members: Array.from({ length: header['members'] as number }, (_, m) =>
      accept<FittedClassifier>(loadClassifier(partOf(parsed, `member-${m}`))),
    ),
    pool: poolOf(parsed),
    embedder: header['embedder'] as TriageModelParts['embedder'],
    scope: {
      method: 'blend',
      blend: rule.blend,
      threshold: rule.threshold ?? Number.NEGATIVE_INFINITY,
      classifier: 'scope' in header ? accept<LinearState>(linear.load(partOf(parsed, 'scope'))) : null,
    },
    urgency:
      urgencyWeights instanceof Float32Array
        ? { weights: urgencyWeights, intercept: header['urgencyIntercept'] as number }
        : null,
    excerpts: excerpts instanceof Uint8Array ? loadExcerpts(excerpts) : null,
    topics: 'topics' in header ? accept(loadTopics(partOf(parsed, 'topics'))) : null,
    metrics: header['metrics'] as TrainingMetrics,
    seed: header['seed'] as number,
    dataHash: header['dataHash'] as string,
  };
  return readyModel(parts, parsed.checksum.slice(0, 12));
}

function knownVariant(variant: unknown): Variant {
  if (isVariant(variant)) return variant;
  throw new SignalboxError(
    'model-invalid',
    `The model file is of the variant "${String(variant)}", unknown here. Train again.`,
  );
}

function poolOf({ sections }: ParsedModel): Stacker {
  const [temperatures, weights, biases] = poolParts.map((name) => sections[`pool/${name}`] as Float64Array);
  return { temperatures: temperatures!, weights: weights!, biases: biases! };
}

function partOf(parsed: ParsedModel, part: string): SavedState {
  const sections: Record<string, Section> = {};
  for (const [name, section] of Object.entries(parsed.sections)) {
    if (name.startsWith(`${part}/`)) sections[name.slice(part.length + 1)] = section;
  }
  return { header: (parsed.header[part] ?? {}) as Record<string, unknown>, sections };
}

function accept<T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (outcome.ok) return outcome.value;
  throw new SignalboxError('model-invalid', outcome.reason);
}

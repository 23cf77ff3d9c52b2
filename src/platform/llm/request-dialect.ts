/**
 * Servers that call themselves OpenAI-compatible differ in what they take: some know `json_object` but no
 * schema, reasoning models refuse `temperature` and want `max_completion_tokens`. They say so with a 400
 * that names the parameter. The dialect starts with everything, gives up what a server refuses, and keeps
 * that for the life of the process, so that the price is one refused request per parameter.
 */
export interface RequestDialect {
  /** Grows when something was given up; tells a request whether it was sent in an older dialect. */
  readonly version: number;
  adapt(body: Record<string, unknown>): Record<string, unknown>;
  /** True when `refusal` (the text of a 400 or 422) names a parameter that we can do without. */
  giveUp(refusal: string): boolean;
}

const parameters = ['response_format', 'max_tokens', 'temperature', 'seed', 'stream_options', 'stream'] as const;
type Parameter = (typeof parameters)[number];

/** Other words for a parameter in the messages of servers. */
const mentions: Readonly<Record<Parameter, RegExp>> = {
  response_format: /response_format|json_schema|structured output|guided/i,
  max_tokens: /\bmax_tokens\b/i,
  temperature: /\btemperature\b/i,
  seed: /\bseed\b/i,
  stream_options: /stream_options|include_usage/i,
  stream: /\bstream(?:ing)?\b/i,
};

/** Steps of giving up, from everything (0) on. */
const lastStep: Readonly<Record<Parameter, number>> = {
  response_format: 2,
  max_tokens: 1,
  temperature: 1,
  seed: 1,
  stream_options: 1,
  stream: 1,
};

export function createRequestDialect(): RequestDialect {
  const steps: Record<Parameter, number> = {
    response_format: 0,
    max_tokens: 0,
    temperature: 0,
    seed: 0,
    stream_options: 0,
    stream: 0,
  };
  let version = 0;
  return {
    get version() {
      return version;
    },
    adapt(body) {
      const { response_format: format, max_tokens: most, temperature, seed, stream, stream_options, ...rest } = body;
      return {
        ...rest,
        ...(steps.temperature === 0 ? { temperature } : {}),
        ...(steps.seed === 0 ? { seed } : {}),
        ...(steps.max_tokens === 0 ? { max_tokens: most } : { max_completion_tokens: most }),
        // A server without streams answers in one piece, which `fetchEvents` reads.
        ...(steps.stream === 0 ? { stream } : {}),
        ...(steps.stream === 0 && steps.stream_options === 0 ? { stream_options } : {}),
        ...formatFor(format, steps.response_format),
      };
    },
    giveUp(refusal) {
      const named = parameters.find((p) => steps[p] < lastStep[p] && mentions[p].test(refusal));
      if (named === undefined) return false;
      steps[named] += 1;
      version += 1;
      return true;
    },
  };
}

function formatFor(format: unknown, step: number): Record<string, unknown> {
  if (!isObject(format) || step >= 2) return {};
  return { response_format: step === 0 ? portable(format) : { type: 'json_object' } };
}

/** Ranges and lengths: strict modes of some servers refuse the whole schema because of them. We check them ourselves. */
const notPortable = new Set([
  '$schema',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'pattern',
  'format',
  'default',
]);

/** The schema without the keywords above. Names of properties are left alone, whatever they are called. */
function portable(value: unknown, inProperties = false): unknown {
  if (Array.isArray(value)) return value.map((v) => portable(v));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => inProperties || !notPortable.has(key))
      .map(([key, v]) => [key, portable(v, key === 'properties')]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

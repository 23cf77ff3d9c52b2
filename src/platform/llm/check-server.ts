import { z } from 'zod';
import { fetchDirectly } from './fetch-directly.ts';
import type { LlmHealth, Timing } from './port.ts';

interface CheckOptions {
  readonly baseUrl: string;
  readonly key: string | undefined;
  readonly model: string;
  readonly timing: Timing;
}

const checkTimeoutMs = 3_000;
const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Reachable, key accepted, model known? Reads `GET /models`; takes at most 3 s. Never throws. */
export async function checkServer(options: CheckOptions): Promise<LlmHealth> {
  const started = options.timing.now();
  const late = new AbortController();
  const done = new AbortController();
  void options.timing.sleep(checkTimeoutMs, done.signal).then(() => {
    if (!done.signal.aborted) late.abort();
  });
  const found = await ask(options, late.signal);
  done.abort();
  return { ...found, milliseconds: options.timing.now() - started };
}

async function ask(options: CheckOptions, signal: AbortSignal): Promise<Omit<LlmHealth, 'milliseconds'>> {
  try {
    const response = await fetchDirectly(`${options.baseUrl.replace(/\/+$/, '')}/models`, {
      signal,
      headers: options.key === undefined ? {} : { authorization: `Bearer ${options.key}` },
    });
    if (!response.ok) {
      await response.body?.cancel();
      return describeStatus(response.status);
    }
    const list = modelList.safeParse(JSON.parse(await response.text()));
    if (!list.success) return state('degraded', 'The server answers, but its list of models is not readable.');
    return describeModels(
      list.data.data.map((m) => m.id),
      options.model,
    );
  } catch (error) {
    if (error instanceof SyntaxError)
      return state('degraded', 'The address answers, but not as an OpenAI-compatible server (check OPENAI_BASE_URL).');
    return signal.aborted
      ? state('down', `The model server did not answer within ${checkTimeoutMs / 1000} s.`)
      : state('down', 'The model server cannot be reached; check OPENAI_BASE_URL and whether it runs.');
  }
}

function describeStatus(status: number): Omit<LlmHealth, 'milliseconds'> {
  if (status === 401 || status === 403)
    return state('down', `The model server refuses the key (HTTP ${status}); check OPENAI_API_KEY.`);
  if (status === 404)
    return state(
      'degraded',
      'The server gives no list of models (HTTP 404). If calls fail too, check OPENAI_BASE_URL: it usually ends in /v1.',
    );
  return state('degraded', `The model server answers with HTTP ${status}.`);
}

function describeModels(models: readonly string[], wanted: string): Omit<LlmHealth, 'milliseconds'> {
  if (models.includes(wanted)) return { status: 'ok', detail: `${wanted} is served.`, models };
  const shown = models.slice(0, 5).join(', ');
  return {
    status: 'degraded',
    detail: `The server does not list ${wanted}; it lists ${shown === '' ? 'none' : shown}. Set LLM_MODEL to one of them.`,
    models,
  };
}

function state(status: LlmHealth['status'], detail: string): Omit<LlmHealth, 'milliseconds'> {
  return { status, detail, models: [] };
}

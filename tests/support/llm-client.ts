import { pino } from 'pino';
import { z } from 'zod';
import { createLlm, type LlmCall, type LlmOptions, type LlmPort, type LlmResult } from '../../src/platform/index.ts';
import { type LlmServer, startLlmServer } from './llm-server.ts';

export const schema = z.object({
  intent: z.enum(['billing', 'technical_issue']),
  priority: z.enum(['low', 'medium', 'high']),
  confidence: z.number().min(0).max(1),
  suggestion: z.string().min(1),
});

/** Stands in every prompt of `ask` and `tell`. Never in a log and never in a detail. */
export const secret = 'Frau Beispielhuber, IBAN DE02';

export const system = 'Signalbox task: decision\nAnswer in JSON.';

/** The port against a scripted server, with everything it logs and reports. */
export interface LlmClient {
  readonly server: LlmServer;
  /** Lines of the log, from trace on, since the last `forget`. */
  readonly lines: readonly string[];
  /** Calls reported since the last `forget`. */
  readonly calls: readonly LlmCall[];
  /** A port of its own for this server, unless the options say otherwise. */
  connect(options?: Partial<LlmOptions>): LlmPort;
  /** Asks a new port for an object of `schema`. */
  ask(options?: Partial<LlmOptions>, deadlineMs?: number): Promise<LlmResult<z.infer<typeof schema>>>;
  /** Asks a new port for text. */
  tell(options?: Partial<LlmOptions>): Promise<LlmResult<string>>;
  forget(): void;
  close(): Promise<void>;
}

export async function startLlmClient(): Promise<LlmClient> {
  const server = await startLlmServer();
  const lines: string[] = [];
  const calls: LlmCall[] = [];
  const connect = (options: Partial<LlmOptions> = {}) =>
    createLlm({
      baseUrl: server.baseUrl,
      model: 'scripted-1',
      timeoutMs: 10_000,
      log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
      onCall: (call) => void calls.push(call),
      ...options,
    });
  return {
    server,
    lines,
    calls,
    connect,
    ask: (options, deadlineMs) =>
      connect(options).generateObject({
        purpose: 'decision',
        system,
        prompt: secret,
        schema,
        ...(deadlineMs === undefined ? {} : { deadlineMs }),
      }),
    tell: (options) => connect(options).generateText({ purpose: 'decision', system, prompt: secret }),
    forget() {
      lines.length = 0;
      calls.length = 0;
    },
    close: () => server.close(),
  };
}

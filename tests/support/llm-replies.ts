/**
 * What the scripted model server can answer with. Every misbehaviour was seen at a real server or a real
 * model; each is a value, so that a test reads as a list of what happens.
 */
export type Reply =
  /** A complete chat completion with this text. */
  | { readonly kind: 'text'; readonly text: string; readonly finish?: string; readonly model?: string }
  /** The same, after so many milliseconds. */
  | { readonly kind: 'slow'; readonly milliseconds: number; readonly text: string }
  /** Accepts the request and never answers. */
  | { readonly kind: 'hang' }
  /** One byte every so many milliseconds, for ever. */
  | { readonly kind: 'drip'; readonly milliseconds: number }
  /** An error in the usual body; `headers` for Retry-After. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Head and half of the body, then the connection is gone; in a stream after half of the chunks. */
  | { readonly kind: 'cut'; readonly text: string }
  /** The connection is closed before any answer. */
  | { readonly kind: 'reset' }
  /** `message.refusal` instead of content. */
  | { readonly kind: 'refusal'; readonly text: string }
  /** `finish_reason: content_filter` without content. */
  | { readonly kind: 'content-filter' }
  /** No entry in `choices`. */
  | { readonly kind: 'no-choices' }
  /** A stream told piece by piece; asked for a whole reply it is the pieces together. */
  | {
      readonly kind: 'pieces';
      readonly pieces: readonly string[];
      /** Written as it is behind the first half of the pieces: comments, garbage, an error. */
      readonly noise?: string;
      /** Milliseconds between two pieces. */
      readonly pauseMs?: number;
      /** What is left out at the end. */
      readonly without?: readonly ('finish' | 'usage' | 'done')[];
      /** Falls silent behind the pieces instead of ending. */
      readonly hangs?: boolean;
    }
  /** Any body under any content type with status 200. */
  | { readonly kind: 'body'; readonly contentType: string; readonly body: string };

export const text = (value: string): Reply => ({ kind: 'text', text: value });
export const json = (value: unknown): Reply => ({ kind: 'text', text: JSON.stringify(value) });
export const fenced = (value: unknown): Reply => text(`\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``);
export const prose = (): Reply =>
  text('Sure! Looking at the ticket, I would say this is about billing and rather urgent.');
export const pieces = (
  parts: readonly string[],
  options: Omit<Extract<Reply, { kind: 'pieces' }>, 'kind' | 'pieces'> = {},
): Reply => ({ kind: 'pieces', pieces: parts, ...options });
export const empty = (): Reply => text('');
export const truncated = (value: string): Reply => ({ kind: 'text', text: value, finish: 'length' });
export const slow = (milliseconds: number, value: unknown): Reply => ({
  kind: 'slow',
  milliseconds,
  text: typeof value === 'string' ? value : JSON.stringify(value),
});
export const hang = (): Reply => ({ kind: 'hang' });
export const drip = (milliseconds = 5): Reply => ({ kind: 'drip', milliseconds });
export const cut = (value = 'This reply will not arrive in one piece, whatever it says.'): Reply => ({
  kind: 'cut',
  text: value,
});
export const reset = (): Reply => ({ kind: 'reset' });
export const refusal = (value = 'I cannot help with this request.'): Reply => ({
  kind: 'refusal',
  text: value,
});
export const contentFilter = (): Reply => ({ kind: 'content-filter' });
export const noChoices = (): Reply => ({ kind: 'no-choices' });
export const serverError = (status = 500): Reply => ({ kind: 'status', status, code: 'server_error' });
export const rateLimited = (retryAfterSeconds?: number): Reply => ({
  kind: 'status',
  status: 429,
  code: 'rate_limit_exceeded',
  ...(retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }),
});
export const webPage = (): Reply => ({
  kind: 'body',
  contentType: 'text/html; charset=utf-8',
  body: '<!doctype html><title>Gateway</title><p>Please sign in.</p>',
});

/** A decision that is right in all fields; the wrong ones below differ from it in one. */
export const goodDecision = {
  intent: 'billing',
  priority: 'medium',
  confidence: 0.82,
  suggestion: 'Point the customer to the invoice page.',
} as const;

export const wrongEnum = (): Reply => json({ ...goodDecision, intent: 'Rechnungsfrage' });
export const notANumber = (): Reply =>
  text('{"intent":"billing","priority":"medium","confidence":NaN,"suggestion":"Point to the invoice page."}');
export const tooSure = (): Reply => json({ ...goodDecision, confidence: 1.2 });
export const confidenceAsText = (): Reply => json({ ...goodDecision, confidence: '0.9' });

export const goodJudgement = {
  asks: ['Where is my invoice?'],
  unanswered_asks: [],
  unsupported_claims: [],
  helpfulness: 0.9,
  accuracy: 0.95,
  clarity: 0.9,
  relevance: 0.95,
  verdict: 'good',
  reasoning: 'The one question is answered with what the passage states.',
} as const;

import { lookup as systemLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Attempt, readRetryAfter } from './retry-plan.ts';
import { refuseAddress, refuseUrl, type TargetRules } from './target.ts';

/** One POST to somebody else's server, which may do anything: hang, drip, send gigabytes, point into our network. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends it from outside; the attempt then throws. */
  readonly signal: AbortSignal;
  readonly now: Date;
}

export type Poster = (post: Post) => Promise<Attempt>;

export interface PosterSettings extends TargetRules {
  /** Milliseconds in all, name and connection included; 10 s unless told. */
  readonly timeoutMs?: number;
  /** Of names; the system's unless told. */
  readonly lookup?: LookupFunction;
}

/** Bytes of an answer that are read, and characters that are kept. */
const read = { bytes: 64 * 1024, kept: 500 } as const;

/** Follows no redirect and keeps no connection: each goes through the check of the address. */
export function createPoster({ timeoutMs = 10_000, lookup = systemLookup, allowPrivate }: PosterSettings): Poster {
  const rules = { allowPrivate };
  return async ({ url: text, headers, body, signal, now }) => {
    const url = new URL(text);
    const refused = refuseUrl(url, rules);
    if (refused !== null) return { kind: 'failed', error: refused };
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await send(url, { headers, body, rules, lookup, signal: AbortSignal.any([signal, timeout]) });
      const answer = await readStart(response);
      return {
        kind: 'answered',
        status: response.statusCode ?? 0,
        retryAfter: readRetryAfter(response.headers['retry-after'], now),
        text: answer,
      };
    } catch (error) {
      if (signal.aborted) throw error;
      return { kind: 'failed', error: timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : wordsOf(error) };
    }
  };
}

interface Sending {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly rules: TargetRules;
  readonly lookup: LookupFunction;
  readonly signal: AbortSignal;
}

function send(url: URL, { headers, body, rules, lookup, signal }: Sending): Promise<http.IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      agent: false,
      lookup: guard(lookup, rules),
      signal,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
    });
    sent.on('response', resolve);
    // Then no response is told of, and no error: whoever waited would wait for ever.
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.destroy());
    });
    sent.on('error', reject);
    // After an answer or an error this is heard by nobody.
    sent.on('close', () => reject(new Error('closed')));
    sent.end(body);
  });
}

/** The addresses of a name, when every one of them may be spoken to. The connection is made to what is checked here. */
function guard(lookup: LookupFunction, rules: TargetRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '', 0);
      const addresses = Array.isArray(found) ? found : [];
      const refused = addresses.map(({ address }) => refuseAddress(address, rules)).find((reason) => reason !== null);
      const [first] = addresses;
      if (refused !== undefined || first === undefined) {
        const reason = refused ?? 'the name has no address';
        return callback(Object.assign(new Error(reason), { code: refusedCode }), '', 0);
      }
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

const refusedCode = 'SIGNALBOX_REFUSED';

/** The status counts from the moment it is there: what the receiver says after it, or fails to say, changes nothing. */
async function readStart(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= read.bytes) break;
    }
  } catch {
    // Cut off, or out of time.
  }
  response.destroy();
  // NUL and halves of characters cannot be stored.
  const text = Buffer.concat(chunks).toString('utf8').replaceAll('\u0000', '').trim();
  return text.slice(0, read.kept).toWellFormed();
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'the name has no address',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody we know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody we know',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** Never the message itself: it may hold the address, which may hold a password. */
function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === refusedCode) return message ?? 'refused';
  if (error instanceof AggregateError && error.errors.length > 0 && code === undefined) return wordsOf(error.errors[0]);
  const name = typeof code === 'string' ? code : 'error';
  return `${words[name] ?? (name.startsWith('HPE_') ? 'not an answer of HTTP' : 'the request failed')} (${name})`;
}

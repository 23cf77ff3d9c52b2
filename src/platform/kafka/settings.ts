import { readFileSync } from 'node:fs';
import type { BaseOptions } from '@platformatic/kafka';

export interface KafkaSettings {
  /** host:port, the first that answers tells of the others. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string } | null;
  readonly sasl: {
    readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
    readonly username: string;
    readonly password: string;
  } | null;
}

/**
 * Times that a client repeats a request by itself before it gives up, and the whole session begins anew. A request asks
 * for metadata, which is repeated as often within it: with 20 of each a broker that was gone was not missed for minutes.
 */
const retries = 8;
/** Of a producer: of consecutive transactions the second waits for the broker, which may have other work. */
export const producerRetries = 12;

/**
 * Options that all clients share. The pause between two tries begins at 5 ms: of consecutive transactions the second is
 * refused until the broker has written the marker of the first (5,000 messages in 50 transactions took 52 s with the
 * usual second of pause, 1.0 s with this).
 */
export function clientOptions({ brokers, clientId, tls, sasl }: KafkaSettings): BaseOptions {
  return {
    clientId,
    bootstrapBrokers: [...brokers],
    retries,
    retryDelay: (_client, _operation, attempt) => Math.min(250, 5 * 2 ** attempt),
    timeout: 10_000,
    connectTimeout: 3_000,
    requestTimeout: 15_000,
    ...(tls === null ? {} : { tls: { ...tls, rejectUnauthorized: true } }),
    ...(sasl === null ? {} : { sasl: { ...sasl } }),
  };
}

/** Paths to contents. @throws the system's error when a file cannot be read */
export function readTlsFiles(paths: {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}): NonNullable<KafkaSettings['tls']> {
  const given = Object.entries(paths).filter(([, path]) => path !== undefined) as [string, string][];
  return Object.fromEntries(given.map(([name, path]) => [name, readFileSync(path, 'utf8')]));
}

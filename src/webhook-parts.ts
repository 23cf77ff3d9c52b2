import type { ComponentHealth } from './api/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { type Config, createStandstill, type Database, type Part } from './platform/index.ts';
import {
  createPoster,
  createWebhookCommands,
  createWebhookSender,
  listWebhooks,
  type WebhookCommands,
} from './routing/index.ts';
import type { Running } from './running.ts';

/** Milliseconds between two looks at what happened and what is due: one look into an index each. */
const lookMs = 500;
/** Milliseconds that deliveries in hand get when the process ends; what is cut off is sent again. */
const graceMs = 3_000;

/** Commands of webhooks; the one that WEBHOOK_URL names is made. @throws `config-invalid` when it may not be spoken to */
export async function openWebhooks(config: Config, parts: PipelineParts): Promise<WebhookCommands> {
  const rules = { allowPrivate: config.WEBHOOK_ALLOW_PRIVATE };
  const { database, clock, newId } = parts;
  const webhooks = createWebhookCommands({ database, clock, newId, rules, post: createPoster(rules) });
  if (config.WEBHOOK_URL !== undefined) await webhooks.followSetting(config.WEBHOOK_URL);
  return webhooks;
}

/** Sends what is due, in processes that work. */
export function webhookSender({ config, parts, engine, log }: Running): Part {
  return {
    name: 'webhook-sender',
    async start() {
      const sender = createWebhookSender({
        ...parts,
        post: createPoster({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE }),
        random: Math.random,
        observe: (result) => engine.metrics.webhookDeliveries.inc({ result }),
      });
      const stopped = new AbortController();
      const standstill = createStandstill(6, 'the look at what is due has hung for a minute');
      const looking = (async () => {
        while (!stopped.signal.aborted) {
          await sender.look().catch((error: unknown) => log.warn({ err: error }, 'webhooks could not be looked at'));
          standstill.moved();
          await pause(lookMs, stopped.signal);
        }
      })();
      return {
        async stop() {
          stopped.abort();
          await looking;
          await sender.stop(graceMs);
        },
        alive: standstill.check,
      };
    },
  };
}

/** Attempts that fail one after the other before a receiver counts as ill: one alone is the internet. */
const illAfter = 3;

/**
 * Receivers that nothing goes through to any more are named: by their id, and who may know why (anybody on this machine)
 * is told their host as well. The rest of the address may be a password.
 */
export async function webhooksState(database: Database, mayKnowWhy: boolean): Promise<ComponentHealth> {
  const webhooks = await listWebhooks(database.db);
  if (webhooks.length === 0) return { status: 'not_configured', detail: 'nobody is told' };
  const ill = webhooks.find(
    ({ failingSince, failures, enabled }) => failingSince !== null && (failures >= illAfter || !enabled),
  );
  if (ill === undefined) return { status: 'ok', detail: `${webhooks.length} webhooks` };
  const where = mayKnowWhy ? ` to ${new URL(ill.url).host}` : '';
  const since = ill.failingSince?.toISOString() ?? '';
  const why = mayKnowWhy ? `: ${ill.disabledReason ?? ''}` : '; GET /webhooks tells why';
  return {
    status: 'degraded',
    detail: ill.enabled
      ? `nothing goes through to the webhook ${ill.id}${where} since ${since}`
      : `the webhook ${ill.id}${where} was switched off${why}`,
  };
}

/** Ends early when `signal` is aborted. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

import type { MessageToAnswer } from './api/index.ts';
import { type InteractionRow, readInteraction } from './audit/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { Db } from './platform/index.ts';
import { answerMessage } from './runs.ts';
import { findCategory, SignalboxError } from './ticket/index.ts';

/** Messages answered at the same time: with a language model each waits for it, without one the database does. */
const atOnce = 4;

/**
 * `POST /answer/batch`: every message goes its own way, the answers come back in the order of the messages.
 * @throws `invalid-fields` naming the first message that cannot be answered; nothing is stored then
 */
export async function answerBatch(
  parts: PipelineParts,
  messages: readonly MessageToAnswer[],
  actor: string,
): Promise<InteractionRow[]> {
  for (const [i, { wishes }] of messages.entries()) requireKnown(parts, wishes.category, `messages[${i}].category`);
  const rows = new Array<InteractionRow>(messages.length);
  let next = 0;
  let failed = false;
  const work = async () => {
    for (let i = next++; i < messages.length && !failed; i = next++) {
      const { request, wishes } = messages[i]!;
      try {
        const id = await answerMessage(parts, request, { wishes, actor });
        rows[i] = await readAnswer(parts.database.db, id);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const done = await Promise.allSettled(Array.from({ length: atOnce }, work));
  const broken = done.find((one) => one.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  return rows;
}

function requireKnown({ taxonomy }: PipelineParts, category: string | null, path: string): void {
  if (category === null || findCategory(taxonomy, category) !== undefined) return;
  const names = taxonomy.categories.map(({ name }) => name).join(', ');
  throw new SignalboxError(
    'invalid-fields',
    `${path} ${JSON.stringify(category)} is not known. Known are: ${names}. Nothing was stored.`,
    { fields: [{ path, message: `must be one of ${names}` }] },
  );
}

/** Of two sendings under one key the second comes back at once, perhaps before the first is answered. */
export async function readAnswer(db: Db, ticketId: string): Promise<InteractionRow> {
  try {
    return await readInteraction(db, ticketId);
  } catch (cause) {
    if (!(cause instanceof SignalboxError) || cause.code !== 'not-found') throw cause;
    const words = 'This message is being answered under the same Idempotency-Key. Ask again in a moment.';
    throw new SignalboxError('idempotency-in-flight', words, { cause });
  }
}

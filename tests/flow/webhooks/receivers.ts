import { onTestFinished } from 'vitest';
import { type Behaviour, startReceiver } from '../../support/webhook-receiver.ts';

/** A receiver of one test. */
export async function receiver(behaviour?: Behaviour) {
  const started = await startReceiver();
  if (behaviour !== undefined) started.behave(behaviour);
  onTestFinished(() => started.close());
  return started;
}

/** Answers with this status. */
export const status =
  (code: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(code, headers).end(`answer ${code}`);

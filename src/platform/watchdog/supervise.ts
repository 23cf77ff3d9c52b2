import type { Log } from '../log.ts';
import type { Part } from './part.ts';

/** Starts the parts one after the other. */
export async function supervise(parts: readonly Part[], { log }: { readonly log: Log }): Promise<AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  for (const part of parts) {
    const running = await part.start({
      failed: (error) => log.error({ err: error, part: part.name }, 'a part failed'),
    });
    stack.defer(() => running.stop());
  }
  return stack;
}

import { z } from 'zod';

/** The frames of a chat socket that the page acts on; what is said is read over HTTP, so that a reload shows the same. */
const frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session'), session_id: z.string(), token: z.string() }),
  z.object({ type: z.literal('typing'), status: z.boolean() }),
  z.object({ type: z.literal('message') }),
  z.object({ type: z.literal('error'), message: z.string() }),
]);
export type ChatFrame = z.output<typeof frame>;

/** Undefined for what is none of these: a newer server may send more. */
export function readChatFrame(data: unknown): ChatFrame | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    return frame.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}

export { type Caller, hashKey } from './http/access.ts';
export type * from './http/chat-services.ts';
export type { IdempotencyStore, StoredResponse } from './http/idempotency.ts';
export { presentDocument, presentInteraction } from './http/present.ts';
export { createServer, type ServerSettings } from './http/server.ts';
export type { MessageToAnswer, Services } from './http/services.ts';

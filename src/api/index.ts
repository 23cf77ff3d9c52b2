export { type Caller, hashKey } from './http/access.ts';
export type * from './http/chat-services.ts';
export type { IdempotencyStore, StoredResponse } from './http/idempotency.ts';
export { presentDocument, presentInteraction, presentRouted } from './http/present.ts';
export { createServer } from './http/server.ts';
export type { ServerSettings } from './http/server-settings.ts';
export type { ComponentHealth, MessageToAnswer, Services } from './http/services.ts';
export { createWorkerServer } from './http/worker-server.ts';

export { openBus } from './open-bus.ts';
export type { Bus, RedisState, SharedCounts } from './port.ts';

import { streamRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import type { Services } from '../services.ts';

export function bindStreams(bind: Binder, { streams }: Services): void {
  bind(streamRoutes.streams, async () => ({ status: 200, body: { streams: streams.states() } }));
}

import type { Figures } from './figures.ts';
import { round, starterTexts, startServer, temporaryFolder } from './measure.ts';

/** Resident memory of the server's process: ready, and after 5,000 tickets. */
export async function memoryInUse(): Promise<Figures> {
  const folder = temporaryFolder();
  const first = await startServer(folder.path);
  await first.stop();
  // A warm start: without what the training used.
  const server = await startServer(folder.path);
  try {
    const ready = server.memoryMb();
    const texts = starterTexts();
    for (let batch = 0; batch < 50; batch++) {
      const tickets = Array.from({ length: 100 }, (_, i) => texts[(batch * 100 + i) % texts.length]);
      await fetch(`${server.url}/route/batch`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tickets }),
      });
    }
    return { ready_mb: round(ready, 0), after_5000_tickets_mb: round(server.memoryMb(), 0) };
  } finally {
    await server.stop();
    folder.remove();
  }
}

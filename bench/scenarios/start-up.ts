import type { Figures } from './figures.ts';
import { quantile, round, startServer, temporaryFolder } from './measure.ts';

const warmStarts = 5;

/** First start on an empty data folder (cluster, migrations, training, knowledge), then warm ones. */
export async function startUp(): Promise<Figures> {
  const folder = temporaryFolder();
  try {
    const first = await startServer(folder.path);
    await first.stop();
    const warm: number[] = [];
    for (let i = 0; i < warmStarts; i++) {
      const server = await startServer(folder.path);
      warm.push(server.seconds);
      await server.stop();
    }
    return {
      first_s: round(first.seconds, 2),
      warm_median_s: round(quantile(warm, 0.5), 2),
      warm_worst_s: round(Math.max(...warm), 2),
      n: warmStarts,
    };
  } finally {
    folder.remove();
  }
}

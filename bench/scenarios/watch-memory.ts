import { round } from './measure.ts';

const everySeconds = 5;

/** Looks at a process every five seconds until it is told to stop. */
export function watchMemory(memoryMb: () => number): { stop(): Record<string, number> } {
  const seen: { minutes: number; mb: number }[] = [];
  const began = performance.now();
  const look = () => seen.push({ minutes: (performance.now() - began) / 60_000, mb: memoryMb() });
  look();
  const timer = setInterval(look, everySeconds * 1000);
  return {
    stop() {
      clearInterval(timer);
      const later = seen.slice(Math.floor(seen.length / 3));
      return {
        memory_start_mb: round(seen[0]!.mb, 0),
        memory_end_mb: round(seen.at(-1)!.mb, 0),
        // Of the last two thirds: what a process takes at first it keeps.
        memory_slope_mb_per_minute: round(slopeOf(later), 1),
      };
    },
  };
}

/** Least squares; 0 for fewer than two looks. */
function slopeOf(points: readonly { minutes: number; mb: number }[]): number {
  const mean = (of: (p: (typeof points)[number]) => number) =>
    points.reduce((sum, p) => sum + of(p), 0) / points.length;
  const [x, y] = [mean((p) => p.minutes), mean((p) => p.mb)];
  const spread = points.reduce((sum, p) => sum + (p.minutes - x) ** 2, 0);
  if (spread === 0) return 0;
  return points.reduce((sum, p) => sum + (p.minutes - x) * (p.mb - y), 0) / spread;
}

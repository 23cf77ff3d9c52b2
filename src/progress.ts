import { Presets, SingleBar } from 'cli-progress';

/** A bar with the time left on a terminal; elsewhere one line for each new thing that is done. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr) {
  let bar: SingleBar | null = null;
  let ticking: NodeJS.Timeout | undefined;
  let last = '';
  let latest = { fraction: 0, words: '', at: 0 };
  const started = performance.now();
  const draw = () => {
    const { fraction, words } = latest;
    bar?.update(Math.floor(fraction * 100), {
      words: `${words}${timeLeft({ ...latest, started }, performance.now())}`,
    });
  };
  return {
    update(fraction: number, words: string): void {
      if (!stream.isTTY) {
        if (words !== last) stream.write(`${words} …\n`);
        last = words;
        return;
      }
      bar ??= startBar(stream);
      latest = { fraction, words, at: performance.now() };
      draw();
      // Between two steps the time goes on.
      ticking ??= setInterval(draw, 1000).unref();
    },
    end(): void {
      clearInterval(ticking);
      ticking = undefined;
      bar?.stop();
      bar = null;
    },
  };
}

/** In milliseconds. */
interface Step {
  readonly fraction: number;
  readonly started: number;
  /** When the fraction was reached. */
  readonly at: number;
}

/** " · 2 min left"; nothing while too little is done to tell. Steps are taken to be as long as those before. */
export function timeLeft({ fraction, started, at }: Step, now: number): string {
  if (fraction < 0.05 || fraction >= 1) return '';
  const seconds = (((at - started) / fraction) * (1 - fraction) - (now - at)) / 1000;
  if (seconds < 1) return ' · soon done';
  return seconds < 90 ? ` · ${Math.ceil(seconds)} s left` : ` · ${Math.ceil(seconds / 60)} min left`;
}

function startBar(stream: NodeJS.WriteStream): SingleBar {
  const bar = new SingleBar(
    // Narrow, so that bar and words fit a line of 80.
    { stream, format: '{bar} {percentage} % {words}', hideCursor: true, clearOnComplete: true, barsize: 16 },
    Presets.shades_classic,
  );
  bar.start(100, 0, { words: '' });
  return bar;
}

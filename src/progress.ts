import { Presets, SingleBar } from 'cli-progress';

/** A bar on a terminal; elsewhere one line for each new thing that is done. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr) {
  let bar: SingleBar | null = null;
  let last = '';
  return {
    update(fraction: number, words: string): void {
      if (!stream.isTTY) {
        if (words !== last) stream.write(`${words} …\n`);
        last = words;
        return;
      }
      bar ??= startBar(stream);
      bar.update(Math.round(fraction * 100), { words });
    },
    end(): void {
      bar?.stop();
      bar = null;
    },
  };
}

function startBar(stream: NodeJS.WriteStream): SingleBar {
  const bar = new SingleBar(
    { stream, format: '{bar} {percentage} % {words}', hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(100, 0, { words: '' });
  return bar;
}

import { clearLine, cursorTo } from 'node:readline';
import { Presets, SingleBar } from 'cli-progress';
import { count, duration } from './figures.ts';
import type { Terminal } from './terminal.ts';

export interface FileProgress {
  update(rows: number): void;
  end(): void;
}

/** Rate and time left of reading a file, by its bytes. On a terminal only: a log has no use for it. */
export function showFileProgress(
  file: { readonly size: number | null; taken(): number },
  terminal: Terminal,
): FileProgress {
  if (process.stderr.isTTY !== true) return { update: () => undefined, end: () => undefined };
  const started = performance.now();
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: file.size === null ? '{words}' : '{bar} {percentage} % · {words}',
      hideCursor: true,
      clearOnComplete: true,
      // Signals are ours: the command ends by itself.
      gracefulExit: false,
      fps: 5,
    },
    Presets.shades_classic,
  );
  bar.start(100, 0, { words: '' });
  // A second Ctrl-C ends at once: the terminal gets its cursor back then, too.
  const stop = () => bar.stop();
  process.once('exit', stop);
  // The line of the bar becomes the line of words; the bar is drawn anew below it.
  terminal.sayThrough((words) => {
    cursorTo(process.stderr, 0);
    clearLine(process.stderr, 0);
    process.stderr.write(`${words}\n`);
  });
  return {
    update(rows) {
      const seconds = (performance.now() - started) / 1000;
      const done = file.size === null || file.size === 0 ? 0 : file.taken() / file.size;
      const left = done > 0 ? ` · ${duration((seconds * (1 - done)) / done)} left` : '';
      bar.update(Math.floor(100 * done), {
        words: `${count(rows)} rows · ${count(Math.round(rows / seconds))}/s${left}`,
      });
    },
    end() {
      process.off('exit', stop);
      stop();
      terminal.sayThrough(null);
    },
  };
}

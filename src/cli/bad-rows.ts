import type { Terminal } from './terminal.ts';

/** Lines that a person at a terminal still reads. */
const mostOnScreen = 50;

interface Told {
  readonly row: number;
  readonly line: number;
  readonly problem: string;
  /** Bad rows of this run that came before. */
  readonly before: number;
}

/** Every bad row is told; on a terminal only the first ones, as a file of the wrong kind has nothing else. */
export function tellBadRow(terminal: Terminal, { row, line, problem, before }: Told): void {
  if (process.stderr.isTTY !== true || before < mostOnScreen) terminal.say(`line ${line} (row ${row}): ${problem}`);
  else if (before === mostOnScreen)
    terminal.say('Further bad rows are only counted here; all of them with: 2> bad-rows.txt');
}

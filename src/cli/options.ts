import { InvalidArgumentError, Option } from 'commander';
import { runCommand, type Terminal } from './terminal.ts';

export const columns = (value: string): string[] => {
  const names = value.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) throw new InvalidArgumentError('Name columns as COLUMN or COLUMN,COLUMN.');
  return names;
};

export const textOption = () =>
  new Option('--text <columns>', 'columns of the text; of several the first is the subject').argParser(columns);

export const sheetOption = () => new Option('--sheet <name>', 'sheet of an Excel workbook; the first unless said');

/** For reading a file; absent stays absent. */
export const sheetOf = ({ sheet }: { readonly sheet?: string }) => (sheet === undefined ? {} : { sheet });

/** Hands a command to runCommand, which ends the process with its exit code. */
export const run = (work: (terminal: Terminal) => Promise<number | undefined>) => runCommand(work);

/** A whole number within bounds. */
export const between = (low: number, high: number) => (value: string) => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < low || number > high)
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  return number;
};

import { enableCompileCache } from 'node:module';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodes, runCommand, type Terminal } from './cli/terminal.ts';

// Compiled code is kept between calls: half of the time of a short command was compiling.
enableCompileCache();

/** The table of commands. What a command needs is loaded when it runs, so that help and mistakes cost nothing. */

const columns = (value: string): string[] => {
  const names = value.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) throw new InvalidArgumentError('Name columns as COLUMN or COLUMN,COLUMN.');
  return names;
};

const textOption = () =>
  new Option('--text <columns>', 'columns of the text; of several the first is the subject').argParser(columns);

/** Hands a command to runCommand, which ends the process with its exit code. */
const run = (work: (terminal: Terminal) => Promise<number | undefined>) => runCommand(work);

function addServe(program: Command): void {
  program
    .command('serve')
    .description('start the server, as npm start does')
    .addHelpText('after', '\nExamples:\n  signalbox serve\n  PORT=8001 SIGNALBOX_DATA=/srv/signalbox signalbox serve')
    .action(async () => {
      const { main, tellAndExit } = await import('./main.ts');
      await main().catch(tellAndExit);
    });
}

function addTriage(program: Command): void {
  program
    .command('triage')
    .description('category, urgency, priority and language of every ticket in a file; stored and assigned')
    .argument('<file>', 'CSV, JSON or JSONL, also as .gz; - reads standard input')
    .option('--no-store', 'only say what the tickets are; needs no database')
    .option('--out <file>', 'write there instead of to stdout; a run that was cut off goes on')
    .option('--model <path>', 'a model that signalbox train wrote')
    .addOption(textOption())
    .addOption(
      new Option(
        '--believe <columns>',
        'take these as said by the sender: priority (may raise ours), language',
      ).argParser(believable),
    )
    .option('--label [column]', 'say how many rows agree with the label in this column')
    .option('--map <file>', 'their labels → our categories, as JSON, or a label set of the taxonomy')
    .addHelpText(
      'after',
      `
One JSON object per line, in the order of the file. Bad rows are told on stderr and skipped.

Examples:
  signalbox triage tickets.csv > triaged.jsonl
  signalbox triage tickets.csv.gz --no-store | head
  signalbox triage export.csv --text "Betreff,Nachricht" --out triaged.jsonl
  zcat tickets.jsonl.gz | signalbox triage - --no-store`,
    )
    .action((file: string, options) =>
      run(async (terminal) => (await import('./cli/triage.ts')).triageFile(file, options, terminal)),
    );
}

function believable(value: string): string[] {
  const names = columns(value);
  if (names.some((name) => name !== 'priority' && name !== 'language'))
    throw new InvalidArgumentError('Only priority and language can be believed.');
  return names;
}

function buildProgram(): Command {
  const program = new Command('signalbox')
    .description('Support triage, grounded answers and routing, in English and German')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'signalbox: ')) })
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Data goes to stdout, words to stderr. Exit code 0: done, 1: failed, 2: called wrongly.
Variables (DATABASE_URL, SIGNALBOX_DATA, …) are read from the environment and from .env.`,
    );
  program
    .command('version')
    .description('print the version')
    .action(() =>
      run(async ({ write }) => {
        const { version } = await import('./paths.ts');
        await write(`${version}\n`);
        return undefined;
      }),
    );
  addServe(program);
  addTriage(program);
  return program;
}

/** @returns only when a command runs on by itself (the server) */
async function main(words: readonly string[]): Promise<void> {
  try {
    await buildProgram().parseAsync(words);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help that was asked for is no error; everything else that commander says is a wrong call.
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
}

await main(process.argv);

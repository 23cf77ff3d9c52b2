import { enableCompileCache } from 'node:module';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodes, runCommand, type Terminal } from './cli/terminal.ts';
import { trainable } from './cli/trainable.ts';
import { version } from './paths.ts';
import { tones } from './ticket/index.ts';

// Compiled code is kept between calls: half of the time of a short command was compiling.
enableCompileCache();

/** The table of commands. What a command needs is loaded when it runs, so that help and mistakes cost nothing. */

const scopes = ['admin', 'agent', 'customer'];

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

function addAnswer(program: Command): void {
  program
    .command('answer')
    .description('answer a message from the knowledge, or hand it to a person')
    .argument('<message>', 'the text of a message, or a file of tickets (- reads one from standard input)')
    .option('--json', 'everything about the answer, as JSON')
    .addOption(new Option('--tone <tone>', 'how it is said').choices(tones))
    .addOption(new Option('--language <language>', 'of message and answer').choices(['en', 'de']))
    .option('--category <name>', 'take this category instead of the one that is found')
    .addOption(textOption())
    .option('--out <file>', 'for a file: write there; a run that was cut off goes on')
    .addHelpText(
      'after',
      `
Of a file each row becomes a ticket and a JSON line, however often the file is run.

Examples:
  signalbox answer "How long do I have to return the Panel?"
  signalbox answer "Wie kündige ich?" --tone friendly --json
  signalbox answer tickets.csv --out answers.jsonl`,
    )
    .action((message: string, options) =>
      run(async (terminal) => (await import('./cli/answer.ts')).answer(message, options, terminal)),
    );
}

function addTrain(program: Command): void {
  program
    .command('train')
    .description('learn categories from labelled tickets and measure them on unseen ones')
    .argument('<file>', 'CSV, JSON or JSONL, also as .gz')
    .requiredOption('--label <column>', 'the category to learn')
    .requiredOption('--out <path>', 'where to write the model; its report goes beside it')
    .addOption(textOption())
    .option('--group <column>', 'rows of one group stay together when the parts are drawn')
    .option('--urgency <column>', 'a number from 0 to 1 to learn as well')
    .option('--out-of-scope <label>', 'rows with this label belong to no category and teach when to abstain')
    .addOption(new Option('--cv <parts>', 'parts of the cross-validation').argParser(between(2, 20)).default(5))
    .addOption(new Option('--seed <number>', 'of the drawing').argParser(between(0, 2 ** 31 - 1)).default(1))
    .addOption(new Option('--model <kind>', 'what is trained').choices(trainable).default('logreg'))
    .addOption(new Option('--smote').hideHelp())
    .option('--json', 'the figures as JSON')
    .addHelpText(
      'after',
      `
Examples:
  signalbox train tickets.csv --label queue --group group --out support.model
  signalbox train export.csv --label Kategorie --text Betreff,Nachricht --out export.model`,
    )
    .action((file: string, options) =>
      run(async (terminal) => (await import('./cli/train.ts')).train(file, options, terminal)),
    );
}

function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('how well a model does on labelled tickets')
    .argument('<model>', 'a file that signalbox train wrote, or starter')
    .argument('<file>', 'CSV, JSON or JSONL, also as .gz')
    .requiredOption('--label <column>', 'the right category')
    .option('--map <file>', 'their labels → categories of the model, as JSON, or a label set of the taxonomy')
    .addOption(textOption())
    .option('--urgency <column>', 'the right urgency, from 0 to 1')
    .option('--out-of-scope <label>', 'rows with this label belong to no category')
    .option('--json', 'the figures as JSON')
    .addHelpText(
      'after',
      `
Examples:
  signalbox evaluate support.model unseen.csv --label queue
  signalbox evaluate starter tickets.csv.gz --label queue --map customer-support-tickets`,
    )
    .action((model: string, source: string, options) =>
      runCommand(
        async (terminal) => (await import('./cli/evaluate.ts')).evaluate({ model, source }, options, terminal),
        {
          endsAtOnce: true,
        },
      ),
    );
}

function addKnowledge(program: Command): void {
  const knowledge = program.command('knowledge').description('the documents that answers are made from');
  const load = () => import('./cli/knowledge.ts');
  knowledge
    .command('add')
    .description('take files in (.md, .txt); one of the same name is replaced')
    .argument('<files...>')
    .option('--json', 'the documents as JSON lines')
    .action((files: string[], { json }) =>
      run(async (terminal) => (await load()).addDocuments(files, json === true, terminal)),
    );
  knowledge
    .command('sync')
    .description('make the documents equal to a folder (DOCUMENTS_PATH unless one is named)')
    .argument('[folder]')
    .option('--json', 'what was done, as JSON')
    .action((folder: string | undefined, { json }) =>
      run(async (terminal) => (await load()).syncDocuments(folder, json === true, terminal)),
    );
  knowledge
    .command('search')
    .description('the passages that answer a question, best first')
    .argument('<words>')
    .addOption(new Option('--limit <number>', 'passages at most').argParser(between(1, 50)).default(5))
    .option('--category <name>', 'only documents of this category')
    .addOption(new Option('--language <language>', 'of the question').choices(['en', 'de']))
    .option('--json', 'passages as JSON lines')
    .action((words: string, options) =>
      run(async (terminal) => (await load()).searchDocuments(words, options, terminal)),
    );
  knowledge
    .command('list')
    .description('all documents')
    .option('--json', 'documents as JSON lines')
    .action(({ json }) => run(async (terminal) => (await load()).listDocuments(json === true, terminal)));
  knowledge.addHelpText(
    'after',
    `
Examples:
  signalbox knowledge sync ./documents
  signalbox knowledge search "refund of the Panel" --limit 3`,
  );
}

function addKeys(program: Command): void {
  const keys = program.command('keys').description('who may call the HTTP interface from other machines');
  const load = () => import('./cli/keys.ts');
  keys
    .command('add')
    .description('make a key; it is shown once')
    .argument('<name>', 'the actor in every audit row')
    .addOption(new Option('--scope <scope>', 'what it may do').choices(scopes).makeOptionMandatory())
    .action((name: string, { scope }) => run(async (terminal) => (await load()).addKey(name, scope, terminal)));
  keys
    .command('list')
    .description('names and scopes')
    .option('--json', 'as JSON lines')
    .action(({ json }) => run(async (terminal) => (await load()).listKeys(json === true, terminal)));
  keys
    .command('revoke')
    .description('let a key in no longer')
    .argument('<name>')
    .action((name: string) => run(async (terminal) => (await load()).revokeKey(name, terminal)));
  keys.addHelpText('after', '\nExample:\n  signalbox keys add till-7 --scope agent');
}

function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at everything a start needs, and say what to do')
    .option('--json', 'checks as JSON lines')
    .addHelpText(
      'after',
      '\nEach line says ok, attention or problem; with a problem the exit code is 1.\n\nExamples:\n  signalbox doctor\n  signalbox doctor --json | grep problem',
    )
    .action(({ json }) => run(async (terminal) => (await import('./cli/doctor.ts')).doctor(json === true, terminal)));
}

function addWorkflow(program: Command): void {
  program
    .command('workflow')
    .description('the steps of a ticket, drawn from the code')
    .option('--mermaid', 'as a Mermaid flow chart (the only form)')
    .addHelpText('after', '\nExample:\n  signalbox workflow --mermaid > workflow.mmd')
    .action(() => run(async (terminal) => (await import('./cli/workflow.ts')).workflow(terminal)));
}

/** A whole number within bounds. */
const between = (low: number, high: number) => (value: string) => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < low || number > high)
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  return number;
};

function buildProgram(): Command {
  const program = new Command('signalbox')
    .version(version, '-v, --version', 'print the version')
    .description('Support triage, grounded answers and routing, in English and German')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) =>
        write(
          `${text
            .replace(/^error: /, 'signalbox: ')
            .trim()
            .replaceAll('\n', ' ')}\n`,
        ),
    })
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Data goes to stdout, words to stderr. Exit code 0: done, 1: failed, 2: called wrongly.
Variables (DATABASE_URL, SIGNALBOX_DATA, …) are read from the environment and from .env.`,
    );
  for (const add of [addServe, addTriage, addAnswer, addTrain, addEvaluate, addKnowledge, addKeys]) add(program);
  addDoctor(program);
  addWorkflow(program);
  return program;
}

/** bin/signalbox.cjs holds a channel to us. When it is gone without a word (kill -9), nobody waits for us any more. */
function endWithWrapper(): void {
  if (process.channel === undefined) return;
  const end = () => void process.kill(process.pid, 'SIGTERM');
  if (!process.connected) end();
  process.once('disconnect', end);
  // The channel is no reason to stay.
  process.channel?.unref();
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

endWithWrapper();
await main(process.argv);

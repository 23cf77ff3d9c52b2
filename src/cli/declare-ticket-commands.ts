import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Role } from '../platform/index.ts';
import { answerMethods, tones } from '../ticket/index.ts';
import { between, columns, run, sheetOption, textOption } from './options.ts';
import { trainable } from './trainable.ts';

/** Said here once more, so that the help needs not load the platform. */
const roles: readonly Role[] = ['all', 'api', 'worker'];

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('start the server, as npm start does')
    .addOption(
      new Option('--role <role>', 'api answers requests, worker does what runs by itself, all both').choices(roles),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox serve\n  PORT=8001 SIGNALBOX_DATA=/srv/signalbox signalbox serve\n  PORT=8002 signalbox serve --role worker',
    )
    .action(async ({ role }: { role?: Role }) => {
      const { main, tellAndExit } = await import('../main.ts');
      await main(role).catch(tellAndExit);
    });
}

export function addTriage(program: Command): void {
  program
    .command('triage')
    .description('category, urgency, priority and language of every ticket in a file; stored and assigned')
    .argument('<file>', 'CSV, JSON or JSONL, also as .gz, or an Excel workbook (.xlsx); - reads standard input')
    .option('--no-store', 'only say what the tickets are; needs no database')
    .option('--out <file>', 'write there instead of to stdout; a run that was cut off goes on')
    .option('--model <path>', 'a model that signalbox train wrote')
    .addOption(textOption())
    .addOption(sheetOption())
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
      run(async (terminal) => (await import('./triage.ts')).triageFile(file, options, terminal)),
    );
}

function believable(value: string): string[] {
  const names = columns(value);
  if (names.some((name) => name !== 'priority' && name !== 'language'))
    throw new InvalidArgumentError('Only priority and language can be believed.');
  return names;
}

export function addAnswer(program: Command): void {
  program
    .command('answer')
    .description('answer a message from the knowledge, or hand it to a person')
    .argument('<message>', 'the text of a message, or a file of tickets (- reads one from standard input)')
    .option('--json', 'everything about the answer, as JSON')
    .addOption(new Option('--method <method>', 'how it is written').choices(answerMethods))
    .addOption(new Option('--tone <tone>', 'how it is said; unless named, as the customer writes').choices(tones))
    .addOption(new Option('--language <language>', 'of message and answer').choices(['en', 'de']))
    .option('--category <name>', 'take this category instead of the one that is found')
    .addOption(textOption())
    .addOption(sheetOption())
    .option('--out <file>', 'for a file: write there, as CSV where it ends in .csv; a run that was cut off goes on')
    .addHelpText(
      'after',
      `
Of a file (CSV, XLSX, JSON or JSONL) each row becomes a ticket and a JSON line, however often the file is run. As CSV a
line has the answer, its quality from 0 to 1, method, tone, language, sources and why a person has it.

Examples:
  signalbox answer "How long do I have to return the Panel?"
  signalbox answer "Wie kündige ich?" --tone friendly --json
  signalbox answer tickets.csv --out answers.jsonl
  signalbox answer anfragen.xlsx --text Betreff,Nachricht --method template --out antworten.csv`,
    )
    .action((message: string, options) =>
      run(async (terminal) => (await import('./answer.ts')).answer(message, options, terminal)),
    );
}

const mostRows = 200_000;

const maxRowsOption = () =>
  new Option('--max-rows <number>', 'of more labelled rows, so many are drawn by group and category')
    .argParser(between(100, 10_000_000))
    .default(mostRows);

const seedOption = () => new Option('--seed <number>', 'of all drawing').argParser(between(0, 2 ** 31 - 1)).default(1);

export function addTrain(program: Command): void {
  program
    .command('train')
    .description('learn categories from labelled tickets and measure them on unseen ones')
    .argument('<file>', 'CSV, JSON or JSONL, also as .gz, or an Excel workbook (.xlsx); - reads standard input')
    .requiredOption('--label <column>', 'the category to learn')
    .option('--out <path>', 'where to write the model', 'model.sbx')
    .option('--report <folder>', 'where to write the report; beside the model unless said (OUT.report)')
    .addOption(textOption())
    .addOption(sheetOption())
    .option('--group <column>', 'rows of one group stay together; near-twins are found where none is named')
    .option('--urgency <column>', 'a number from 0 to 1 to learn as well')
    .option('--out-of-scope <label>', 'rows with this label belong to no category and teach when to abstain')
    .addOption(new Option('--cv <parts>', 'parts of the cross-validation').argParser(between(2, 20)).default(5))
    .addOption(seedOption())
    .addOption(new Option('--model <kind>', 'what is trained').choices(trainable).default('union'))
    .option('--smote', 'bring small categories to the size of the largest with made-up rows')
    .option('--compare-random', 'show what a random split would claim beside the figures by group (twice the time)')
    .addOption(maxRowsOption())
    .option('--json', 'the figures as JSON')
    .addHelpText(
      'after',
      `
Examples:
  signalbox train tickets.csv --label queue --group group --out support.sbx
  signalbox train export.csv --label Kategorie --text Betreff,Nachricht
  signalbox train tickets.csv.gz --label queue --compare-random`,
    )
    .action((file: string, options) =>
      run(async (terminal) => (await import('./train.ts')).train(file, options, terminal)),
    );
}

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('how well a model does on labelled tickets')
    .argument('<model>', 'a file that signalbox train wrote, or starter')
    .argument('<file>', 'CSV, JSON or JSONL, also as .gz, or an Excel workbook (.xlsx); - reads standard input')
    .requiredOption('--label <column>', 'the right category')
    .option('--map <file>', 'their labels → categories of the model, as JSON, or a label set of the taxonomy')
    .option('--report <folder>', 'write the report there, as train does')
    .addOption(textOption())
    .addOption(sheetOption())
    .option('--group <column>', 'rows of one group count as one ticket; near-twins are found where none is named')
    .option('--urgency <column>', 'the right urgency, from 0 to 1')
    .option('--out-of-scope <label>', 'rows with this label belong to no category')
    .addOption(maxRowsOption())
    .addOption(seedOption())
    .option('--json', 'the figures as JSON')
    .addHelpText(
      'after',
      `
Examples:
  signalbox evaluate support.sbx unseen.csv --label queue --report unseen.report
  signalbox evaluate starter tickets.csv.gz --label queue --map customer-support-tickets`,
    )
    .action((model: string, source: string, options) =>
      run(async (terminal) => (await import('./evaluate.ts')).evaluate({ model, source }, options, terminal)),
    );
}

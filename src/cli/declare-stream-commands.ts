import { type Command, Option } from 'commander';
import { between, run, sheetOption, textOption } from './options.ts';

export function addStream(program: Command): void {
  const stream = program.command('stream').description('streams of tickets');
  stream
    .command('replay')
    .description('send the tickets of a file to a running server at a steady rate')
    .argument('<file>', 'CSV, JSON or JSONL, also as .gz, or an Excel workbook (.xlsx)')
    .addOption(new Option('--rate <number>', 'tickets a second').argParser(between(1, 100_000)).default(100))
    .addOption(
      new Option('--to <way>', 'a WebSocket, one request each, or the Kafka topic of KAFKA_BROKERS')
        .choices(['ws', 'http', 'kafka'])
        .default('ws'),
    )
    .option('--url <address>', 'of the server; http://127.0.0.1 with PORT unless said')
    .addOption(new Option('--limit <number>', 'rows at most').argParser(between(1, 100_000_000)))
    .addOption(textOption())
    .addOption(sheetOption())
    .option('--json', 'the summary as JSON')
    .addHelpText(
      'after',
      `
Rows keep the ids that they have; others get new ones, so that a second replay sends new tickets. A key is taken from
SIGNALBOX_ADMIN_KEY. Exit code 1 when a row was bad, refused or not answered.

Examples:
  signalbox stream replay tickets.csv --rate 500
  signalbox stream replay tickets.jsonl.gz --rate 50 --limit 1000 --to http
  KAFKA_BROKERS=localhost:9092 signalbox stream replay anfragen.xlsx --to kafka`,
    )
    .action((file: string, options) =>
      run(async (terminal) => (await import('./stream-replay.ts')).replay(file, options, terminal)),
    );
}

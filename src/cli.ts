import { enableCompileCache } from 'node:module';
import { Command, CommanderError } from 'commander';
import { addDoctor, addKeys, addKnowledge, addWorkflow } from './cli/declare-admin-commands.ts';
import { addStream } from './cli/declare-stream-commands.ts';
import { addAnswer, addEvaluate, addServe, addTrain, addTriage } from './cli/declare-ticket-commands.ts';
import { exitCodes } from './cli/terminal.ts';
import { version } from './paths.ts';

// Compiled code is kept between calls: half of the time of a short command was compiling.
enableCompileCache();

/** The table of commands. What a command needs is loaded when it runs, so that help and mistakes cost nothing. */
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
  for (const add of [addServe, addTriage, addAnswer, addTrain, addEvaluate, addKnowledge, addStream, addKeys])
    add(program);
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

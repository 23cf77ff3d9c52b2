import { styleText } from 'node:util';
import type { Config, Log } from '../platform/index.ts';
import { checkEmbedding, checkSemantic } from './check-embedding.ts';
import { readConfiguration } from './configuration.ts';
import {
  type Check,
  checkAnswering,
  checkConfiguration,
  checkDatabase,
  checkFolder,
  checkLlm,
  checkModel,
  checkNode,
  checkPort,
} from './doctor-checks.ts';
import type { Terminal } from './terminal.ts';

const colours = { ok: 'green', attention: 'yellow', problem: 'red' } as const;

/** `signalbox doctor`: a line for each part, with what to do. @returns 1 when there is a problem */
export async function doctor(json: boolean, terminal: Terminal): Promise<number> {
  let problems = 0;
  for await (const check of checks()) {
    if (terminal.signal.aborted) break;
    if (check.status === 'problem') problems++;
    await terminal.write(json ? `${JSON.stringify(check)}\n` : lineOf(check));
  }
  terminal.say(problems === 0 ? 'Nothing stands in the way.' : `${problems} to be mended.`);
  return problems > 0 ? 1 : 0;
}

/** Colours on a terminal only, and not with NO_COLOR: styleText looks at both. */
function lineOf({ name, status, detail }: Check): string {
  const word = styleText(colours[status], status.padEnd(9), { stream: process.stdout });
  return `${word}  ${name.padEnd(14)}  ${detail}\n`;
}

async function* checks(): AsyncGenerator<Check> {
  yield checkNode();
  let known: { config: Config; log: Log };
  try {
    known = readConfiguration();
  } catch (error) {
    yield checkConfiguration(error);
    return;
  }
  const { config, log } = known;
  yield checkFolder(config);
  yield* await checkDatabase(config, log);
  yield checkModel(config);
  yield checkAnswering(config);
  yield* await checkEmbedding(config);
  yield await checkSemantic(config);
  yield await checkLlm(config, log);
  yield await checkPort(config);
}

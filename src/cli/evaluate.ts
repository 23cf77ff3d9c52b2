import { SignalboxError } from '../ticket/index.ts';
import { evaluateTriageModel, type LabelledTicket, type TriageModel } from '../triage/index.ts';
import { chooseModel } from './choose-model.ts';
import { readConfiguration } from './configuration.ts';
import { count, many } from './figures.ts';
import { describeFigures } from './figures-report.ts';
import { readLabelMap } from './label-map.ts';
import { type LabelColumns, readLabelledTickets } from './labelled-tickets.ts';
import type { Terminal } from './terminal.ts';

export interface EvaluateOptions extends LabelColumns {
  readonly map?: string;
  readonly json?: true;
}

/** `signalbox evaluate MODEL FILE`: how a model does on labelled tickets. */
export async function evaluate(
  { model: path, source }: { model: string; source: string },
  options: EvaluateOptions,
  terminal: Terminal,
): Promise<number> {
  const mapLabel = readLabelMap(options.map);
  const { model, embedder } = await chooseModel(path, readConfiguration().config);
  const file = await readLabelledTickets(source, options, { terminal, mapLabel });
  const unknown = unknownLabels(model, file.tickets);
  refuseWithoutCommon(source, file.tickets, { model, unknown, options });
  const figures = await evaluateTriageModel(model, file.tickets, embedder).finally(() => embedder?.close());
  await terminal.write(options.json ? `${JSON.stringify(figures)}\n` : describeFigures(figures));
  if (unknown.rows > 0)
    terminal.say(
      `\n${many(unknown.rows, 'row')} with labels that the model does not know counted as wrong: ${unknown.labels.slice(0, 8).join(', ')}. With --map FILE.json they can be mapped to its categories, or left out with null.`,
    );
  terminal.say(
    `\n${many(file.badRows, 'bad row')}, ${count(file.leftOut)} left out. Honest only for tickets that the model was not trained on.`,
  );
  return 0;
}

function unknownLabels(model: TriageModel, tickets: readonly LabelledTicket[]): { rows: number; labels: string[] } {
  const known = new Set(model.classes);
  const found = tickets.map(({ category }) => category).filter((category) => category !== null && !known.has(category));
  return { rows: found.length, labels: [...new Set(found as string[])].sort() };
}

function refuseWithoutCommon(
  source: string,
  tickets: readonly LabelledTicket[],
  given: { model: TriageModel; unknown: { rows: number; labels: string[] }; options: EvaluateOptions },
): void {
  const { model, unknown, options } = given;
  const inScope = tickets.filter(({ category }) => category !== null).length;
  if (inScope > unknown.rows) return;
  const column = JSON.stringify(options.label);
  throw new SignalboxError(
    'training-data',
    inScope === 0
      ? `${source} has no labels in the column ${column}.`
      : `None of the labels in the column ${column} of ${source} is a category of the model. Labels: ${unknown.labels.slice(0, 8).join(', ')}. Categories: ${model.classes.join(', ')}. Map them with --map FILE.json.`,
  );
}

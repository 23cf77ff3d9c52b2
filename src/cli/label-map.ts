import { existsSync, readFileSync } from 'node:fs';
import { readTaxonomy } from '../starter.ts';
import { SignalboxError } from '../ticket/index.ts';

/** Label of a file → category of the model; null leaves the row out. Labels that are not named stay as they are. */
export type LabelMap = (label: string) => string | null;

/** `--map`: a JSON file {"their label": "our category"}, or the name of a label set of the taxonomy. */
export function readLabelMap(given: string | undefined): LabelMap {
  if (given === undefined) return (label) => label;
  const sets = readTaxonomy().label_sets;
  const labels = existsSync(given) ? parse(given) : Object.hasOwn(sets, given) ? sets[given] : undefined;
  if (labels === undefined)
    throw new SignalboxError(
      'file-unreadable',
      `There is no file ${given}, nor a label set of that name. Known sets: ${Object.keys(sets).join(', ')}.`,
    );
  const map = new Map(Object.entries(labels).map(([label, category]) => [label.normalize('NFC'), category]));
  return (label) => (map.has(label) ? map.get(label)! : label);
}

function parse(file: string): Record<string, string | null> {
  const refuse = () =>
    new SignalboxError('file-unreadable', `${file} must be a JSON object from labels to categories (or null).`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw refuse();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse();
  if (!Object.values(value).every((v) => v === null || typeof v === 'string')) throw refuse();
  return value as Record<string, string | null>;
}

/**
 * Language per text against the language the published rows are labelled with (a quarter of "de" is English): share
 * that agrees with what the text looks like, with Wilson's 95 % intervals. Prints JSON.
 *
 *   node evals/urgency/language-of-rows.ts [--data FOLDER]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { detectLanguage } from '../../src/intake/index.ts';
import { wilsonInterval } from '../../src/ml/index.ts';

const { values: options } = parseArgs({
  options: { data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') } },
});
const file = join(options.data, 'dev.csv.gz');

function measure(): unknown {
  const rows = (parse(gunzipSync(readFileSync(file)), { columns: true }) as Record<string, string>[]).filter(
    ({ text_language: language }) => language === 'en' || language === 'de',
  );
  const share = (right: number): unknown => ({ share: right / rows.length, ...wilsonInterval(right, rows.length) });
  const detected = (row: Record<string, string>): string =>
    detectLanguage(`${row['subject']}\n${row['body']}`).language;
  return {
    rows: rows.length,
    detected: share(rows.filter((row) => detected(row) === row['text_language']).length),
    rowLabel: share(rows.filter((row) => row['language'] === row['text_language']).length),
  };
}

const result = existsSync(file) ? measure() : { skipped: 'The published tickets are not on this machine.' };
console.log(JSON.stringify(result, null, 2));

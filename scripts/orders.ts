/**
 * The detector of orders to the machine, made from starter/orders.jsonl and what customers write:
 *   node scripts/orders.ts --write    trains it and writes src/intake/untrusted/orders.model
 *   node scripts/orders.ts --check    says whether the file is what training gives
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type OrderRow, readOrderRows } from '../src/intake/untrusted/order-rows.ts';
import { trainOrderFile } from '../src/intake/untrusted/train-order-model.ts';

const root = resolve(import.meta.dirname, '..');
const starter = join(root, 'starter');
const file = join(root, 'src/intake/untrusted/orders.model');

export function starterOrderRows(): OrderRow[] {
  const read = (name: string) => readFileSync(join(starter, name), 'utf8');
  const documents = readdirSync(join(starter, 'knowledge')).sort();
  return readOrderRows({
    orders: read('orders.jsonl'),
    tickets: read('tickets.jsonl'),
    documents: documents.map((name) => read(`knowledge/${name}`)),
  });
}

function main(): void {
  const bytes = trainOrderFile(starterOrderRows());
  if (process.argv.includes('--write')) {
    writeFileSync(file, bytes);
    console.log(`${file}: ${bytes.length} bytes`);
  } else if (!readFileSync(file).equals(bytes)) {
    console.error('src/intake/untrusted/orders.model is not what its sources give: node scripts/orders.ts --write');
    process.exit(1);
  }
}

if (import.meta.main) main();

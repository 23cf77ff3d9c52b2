import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { languages } from '../../ticket/index.ts';
import { Replica } from './replica.ts';
import { bytesOf, vectorOf } from './vector-bytes.ts';

/*
 * A folder of a replica is named by the index and by the version of the knowledge, `<index id>-<number>`, and holds
 *   manifest.json      what it is, and a hash of every file
 *   <language>.f32     the rows as one matrix
 *   <language>.graph   usearch's graph, where there is one
 * It only saves time: whatever is missing, damaged or old is made good from the rows of the database.
 */
const format = 1;

const part = z.object({
  ids: z.array(z.uuid()),
  categories: z.array(z.string().nullable()),
  keys: z.array(z.int().nonnegative()),
  rows: z.string(),
  graph: z.string().nullable(),
});
const manifestSchema = z.object({
  format: z.literal(format),
  indexId: z.uuid(),
  dimension: z.int().positive(),
  parts: z.object({ en: part, de: part, other: part }),
});
type Manifest = z.infer<typeof manifestSchema>;

/** Nobody may change the replica meanwhile. Older folders go. Beside it and then renamed: no half of one is ever found. */
export async function saveReplica(folder: string, replica: Replica, version: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = `${replica.indexId}-${version}`;
  const unfinished = join(folder, `${name}.${process.pid}.part`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  const parts: Partial<Manifest['parts']> = {};
  for (const language of languages) {
    const rows = replica.rows[language];
    await writeFile(join(unfinished, `${language}.f32`), bytesOf(rows.rows()));
    const graph = join(unfinished, `${language}.graph`);
    const hasGraph = rows.saveGraph(graph);
    parts[language] = {
      ids: rows.ids,
      categories: rows.categories,
      keys: [...rows.keys],
      rows: await hashFile(join(unfinished, `${language}.f32`)),
      graph: hasGraph ? await hashFile(graph) : null,
    };
  }
  const manifest = { format, indexId: replica.indexId, dimension: replica.dimension, parts };
  await writeFile(join(unfinished, 'manifest.json'), JSON.stringify(manifest));
  const place = join(folder, name);
  await rm(place, { recursive: true, force: true });
  await rename(unfinished, place);
  await removeOthers(folder, name);
}

/** What another process is just writing stays; what an ended one left behind of this or another index goes. */
async function removeOthers(folder: string, name: string): Promise<void> {
  for (const other of await readdir(folder)) {
    if (other === name || !/^[0-9a-f-]{36}-\d+$/.test(other)) continue;
    await rm(join(folder, other), { recursive: true, force: true });
  }
}

/** The replica that was saved last, which may be old; null when there is none that can be used. Never throws. */
export async function loadReplica(
  folder: string,
  indexId: string,
  { dimension, exactUpTo }: { readonly dimension: number; readonly exactUpTo?: number | undefined },
): Promise<Replica | null> {
  if (!existsSync(folder)) return null;
  try {
    const numbers = (await readdir(folder))
      .filter((name) => name.startsWith(`${indexId}-`) && /-\d+$/.test(name))
      .sort((a, b) => versionOf(b) - versionOf(a));
    if (numbers[0] === undefined) return null;
    const replica = new Replica(indexId, dimension, exactUpTo);
    return (await fill(replica, join(folder, numbers[0]))) ? replica : null;
  } catch {
    return null;
  }
}

const versionOf = (name: string) => Number(name.slice(name.lastIndexOf('-') + 1));

async function fill(replica: Replica, place: string): Promise<boolean> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8')));
  const { indexId, dimension } = replica;
  if (manifest.indexId !== indexId || manifest.dimension !== dimension) return false;
  for (const language of languages) {
    const { ids, categories, keys, rows: hash, graph } = manifest.parts[language];
    const bytes = await readFile(join(place, `${language}.f32`));
    if ((await hashBytes(bytes)) !== hash || bytes.length !== ids.length * dimension * 4) return false;
    const matrix = vectorOf(bytes);
    const rows = replica.rows[language];
    for (const [slot, id] of ids.entries())
      rows.add(id, categories[slot] ?? null, matrix.subarray(slot * dimension, (slot + 1) * dimension));
    if (rows.size !== ids.length) return false;
    if (graph === null) continue;
    // Held against its hash before the native code reads it, which trusts what it reads.
    const file = join(place, `${language}.graph`);
    if ((await hashFile(file)) !== graph || !rows.loadGraph(file, keys)) return false;
  }
  return true;
}

const hashFile = async (file: string) => hashBytes(await readFile(file));

/** In a thread of the runtime's: 50 MB take 30 ms. */
async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

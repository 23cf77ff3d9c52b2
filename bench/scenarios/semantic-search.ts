import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import { openSemantic, type Semantic } from '../../src/knowledge/index.ts';
import { paths } from '../../src/paths.ts';
import {
  createLog,
  type Database,
  migrate,
  newId,
  openDatabase,
  startPostgres,
  systemClock,
} from '../../src/platform/index.ts';
import type { Figures } from './figures.ts';
import { quantile, round, starterTexts, temporaryFolder } from './measure.ts';

const chunks = 10_000;
const questions = 400;

/**
 * Search by meaning among 10,000 chunks with the builtin model: learning, vectors, a search (embedding included) row by
 * row and through the graph, and a start from the files and from the rows of the database.
 */
export async function semanticSearch(): Promise<Figures> {
  const folder = temporaryFolder();
  const log = createLog('silent');
  const postgres = await startPostgres({ dataFolder: folder.path, log });
  const database = openDatabase(postgres.url, { poolSize: 4 });
  try {
    await migrate(database, paths.migrations);
    await writeChunks(database);
    const open = (dataFolder: string, exactUpTo?: number) => openAt(database, join(folder.path, dataFolder), exactUpTo);

    const first = await open('first');
    const delay = monitorEventLoopDelay({ resolution: 2 });
    delay.enable();
    const building = await seconds(async () => {
      await first.build();
      await first.settled();
    });
    delay.disable();
    const exact = await searchTimes(first);
    await first.close();
    const fromFiles = await reopened(() => open('first'));
    const fromRows = await reopened(() => open('second'));
    const graph = await measureGraph(() => open('third', 0));
    return {
      build_s: round(building),
      build_event_loop_max_ms: round(delay.max / 1e6),
      row_by_row_p50_ms: round(quantile(exact, 0.5), 2),
      row_by_row_p95_ms: round(quantile(exact, 0.95), 2),
      start_from_files_ms: fromFiles,
      start_from_rows_ms: fromRows,
      ...graph,
      chunks,
      n: questions,
    };
  } finally {
    await database.close();
    await postgres.stop();
    folder.remove();
  }
}

function openAt(database: Database, dataFolder: string, exactUpTo: number | undefined): Promise<Semantic> {
  const { db, transaction, url } = database;
  const texts = starterTexts().map(({ subject, body }) => `${subject}\n${body}`);
  return openSemantic({
    db,
    transaction,
    url,
    clock: systemClock,
    newId,
    log: createLog('silent'),
    settings: {
      provider: 'builtin',
      open: {},
      starterTexts: () => texts,
      patienceMs: { builtin: 2_000, onnx: 2_000, openai: 2_000 },
    },
    dataFolder,
    ...(exactUpTo === undefined ? {} : { exactUpTo }),
  });
}

/** Each the text of two tickets: real words and lengths. */
async function writeChunks({ db }: Database): Promise<void> {
  const texts = starterTexts();
  const textOf = (i: number) => texts[i % texts.length]!;
  const rows = Array.from({ length: chunks }, (_, i) => {
    const other = textOf(i * 7 + Math.floor(i / texts.length));
    return { id: newId(), position: i, heading: textOf(i).subject, text: `${textOf(i).body}\n${other.body}` };
  });
  const document = newId();
  await sql`insert into knowledge.documents
    (id, source, title, language, category, content_type, content_hash, text, problem, created_at, updated_at)
    values (${document}, 'bench.md', 'Bench', 'en', null, 'text/markdown', 'bench', '', null, now(), now())`.execute(
    db,
  );
  for (let i = 0; i < rows.length; i += 1_000)
    await sql`insert into knowledge.chunks
      (id, document_id, position, heading, text, asked, language, category, search_text, terms)
      select id, ${document}, position, heading, text, '{}', 'en', null, '', to_tsvector('english', '')
      from jsonb_to_recordset(${JSON.stringify(rows.slice(i, i + 1_000))}::jsonb)
        as r(id uuid, position integer, heading text, text text)`.execute(db);
}

/** Milliseconds of one question each, none asked twice. */
async function searchTimes(semantic: Semantic): Promise<number[]> {
  const texts = starterTexts();
  const times: number[] = [];
  for (let i = 0; i < questions + 20; i++) {
    const { subject, body } = texts[(i * 5 + 3) % texts.length]!;
    const started = performance.now();
    const found = await semantic.index.nearest(`${subject}\n${body}\n${i}`, { languages: ['en'], limit: 50 });
    if (found === null) throw new Error('the index gave no answer');
    if (i >= 20) times.push(performance.now() - started);
  }
  return times;
}

async function reopened(open: () => Promise<Semantic>): Promise<number> {
  let semantic: Semantic | null = null;
  const time = await seconds(async () => {
    semantic = await open();
    await semantic.settled();
  });
  await semantic!.close();
  return round(time * 1_000, 0);
}

/** With a graph although there are few enough rows to do without. */
async function measureGraph(open: () => Promise<Semantic>): Promise<Figures> {
  let semantic: Semantic | null = null;
  const growing = await seconds(async () => {
    semantic = await open();
    await semantic.settled();
  });
  const times = await searchTimes(semantic!);
  await semantic!.close();
  const fromFiles = await reopened(open);
  return {
    graph_start_from_rows_ms: round(growing * 1_000, 0),
    graph_start_from_files_ms: fromFiles,
    graph_p50_ms: round(quantile(times, 0.5), 2),
    graph_p95_ms: round(quantile(times, 0.95), 2),
  };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

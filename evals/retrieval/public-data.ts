import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { mean, ndcgAt, percentile, recallAt, rounded } from './measure.ts';
import { openKnowledge, root } from './open-knowledge.ts';
import { plainBm25 } from './plain-bm25.ts';

/**
 * Retrieval on public sets beside a plain BM25: XQuAD paragraphs in English and German, and the bank documents of
 * tau2. `ours` is the ranking by relevance, `bm25` our BM25 alone. Nothing is tuned on them.
 */
interface Collection {
  readonly name: string;
  readonly language: 'en' | 'de';
  readonly texts: readonly { readonly title: string; readonly text: string }[];
  readonly questions: readonly { readonly text: string; readonly right: readonly number[] }[];
}

const shared = join(root, '../shared/data');
const read = (path: string) => JSON.parse(gunzipSync(readFileSync(join(shared, path))).toString('utf8'));

function xquad(language: 'en' | 'de'): Collection {
  const articles: { paragraphs: { context: string; qas: { question: string }[] }[] }[] = read(
    `xquad/${language}.json.gz`,
  );
  const paragraphs = articles.flatMap((article) => article.paragraphs);
  return {
    name: `xquad-${language}`,
    language,
    texts: paragraphs.map((p) => ({ title: '', text: p.context })),
    questions: paragraphs.flatMap((p, i) => p.qas.map((qa) => ({ text: qa.question, right: [i] }))),
  };
}

function tau2(): Collection {
  const documents: { id: string; title: string; content: string }[] = read('tau2-banking/documents.json.gz');
  const queries: { query: string; relevant: string[] }[] = read('tau2-banking/queries.json.gz');
  const at = new Map(documents.map((d, i) => [d.id, i]));
  return {
    name: 'tau2-banking',
    language: 'en',
    texts: documents.map((d) => ({ title: d.title, text: d.content })),
    questions: queries.map((q) => ({
      text: q.query,
      right: q.relevant.map((id) => at.get(id)).filter((i) => i !== undefined),
    })),
  };
}

/** Documents in the order of a list of passages, each once. */
const distinct = (ids: readonly number[]) => [...new Set(ids)];

function figures(rankings: readonly (readonly number[])[], questions: Collection['questions']) {
  const hits = rankings.map((ranking, q) => ranking.map((i) => (questions[q]!.right.includes(i) ? 1 : 0)));
  const total = (q: number) => questions[q]!.right.length;
  return {
    ndcg10: rounded(mean(hits.map((h, q) => ndcgAt(10, h, total(q))))),
    recall5: rounded(mean(hits.map((h, q) => recallAt(5, h, total(q))))),
    recall10: rounded(mean(hits.map((h, q) => recallAt(10, h, total(q))))),
  };
}

async function measure(collection: Collection) {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-collection-'));
  mkdirSync(folder, { recursive: true });
  collection.texts.forEach((d, i) => {
    const front = `---\ntitle: ${JSON.stringify(d.title || `Text ${i}`)}\nlanguage: ${collection.language}\n---\n`;
    writeFileSync(join(folder, `${i}.md`), front + d.text);
  });
  const { knowledge, close } = await openKnowledge();
  const before = performance.now();
  await knowledge.syncFolder(folder);
  const loaded = performance.now() - before;
  const status = await knowledge.status();
  const numbers = new Map<string, number>();
  for (let cursor: string | undefined; ; ) {
    const page = await knowledge.listDocuments(cursor === undefined ? { limit: 200 } : { limit: 200, cursor });
    for (const document of page.items) numbers.set(document.id, Number.parseInt(document.source, 10));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const plain = plainBm25(collection.texts.map((d) => `${d.title}\n${d.text}`));
  const ours: number[][] = [];
  const byBm25: number[][] = [];
  const milliseconds: number[] = [];
  let found = 0;
  for (const question of collection.questions) {
    const started = performance.now();
    const verdict = await knowledge.search(question.text, { language: collection.language, limit: 10 });
    milliseconds.push(performance.now() - started);
    if (verdict.found) found++;
    const passages = await knowledge.explain(question.text, { language: collection.language, limit: 40 });
    ours.push(distinct(passages.map((p) => numbers.get(p.documentId)!)));
    byBm25.push(distinct([...passages].sort((a, b) => b.bm25 - a.bm25).map((p) => numbers.get(p.documentId)!)));
  }
  await close();
  rmSync(folder, { recursive: true });
  return {
    set: collection.name,
    documents: collection.texts.length,
    chunks: status.chunks,
    questions: collection.questions.length,
    ours: figures(ours, collection.questions),
    bm25: figures(byBm25, collection.questions),
    plain: figures(
      collection.questions.map((q) => plain(q.text)),
      collection.questions,
    ),
    found: rounded(found / collection.questions.length),
    milliseconds: { p50: rounded(percentile(milliseconds, 0.5), 2), p95: rounded(percentile(milliseconds, 0.95), 2) },
    secondsToLoad: rounded(loaded / 1000, 1),
  };
}

if (!existsSync(join(shared, 'xquad'))) {
  console.log(JSON.stringify({ skipped: 'the public data sets are not on this machine' }));
} else {
  for (const collection of [xquad('en'), xquad('de'), tau2()]) console.log(JSON.stringify(await measure(collection)));
}

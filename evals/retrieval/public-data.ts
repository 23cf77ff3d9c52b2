import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { chunkDocument } from '../../src/knowledge/documents/chunk-document.ts';
import { readDocument } from '../../src/knowledge/documents/read-document.ts';
import { chunkText } from '../../src/knowledge/semantic/chunk-text.ts';
import { modelOptions } from '../embedding/open-model.ts';
import { pairedGain } from './compare.ts';
import { embedAll } from './embed-all.ts';
import { mean, ndcgAt, recallAt, rounded } from './measure.ts';
import { type Embed, learnFrom, openChunks } from './open-chunks.ts';
import { root } from './open-knowledge.ts';
import { plainBm25 } from './plain-bm25.ts';

/**
 * Retrieval on public sets beside a plain BM25 in the same run: XQuAD paragraphs in English and German, and the bank
 * documents of tau2 (relevance a document: its best passage counts). By words alone, with the builtin embedder's vectors,
 * and with a model's (`--model FOLDER --package FOLDER --cache FOLDER`). The weights are fitted elsewhere, on our own
 * questions.
 */
const { values } = parseArgs({ options: { ...modelOptions, cache: { type: 'string' } } });

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

function perQuestion(rankings: readonly (readonly number[])[], questions: Collection['questions']): number[] {
  return rankings.map((ranking, q) => ndcgAt(10, hitsOf(ranking, questions[q]!.right), questions[q]!.right.length));
}

const hitsOf = (ranking: readonly number[], right: readonly number[]) =>
  ranking.map((i) => (right.includes(i) ? 1 : 0));

function figures(rankings: readonly (readonly number[])[], questions: Collection['questions']) {
  const recall = (k: number) =>
    mean(rankings.map((r, q) => recallAt(k, hitsOf(r, questions[q]!.right), questions[q]!.right.length)));
  return {
    ndcg10: rounded(mean(perQuestion(rankings, questions))),
    recall5: rounded(recall(5)),
    recall10: rounded(recall(10)),
  };
}

async function readChunks({ texts, language }: Collection) {
  const all = await Promise.all(
    texts.map(async ({ title, text }, i) => {
      const front = `---\ntitle: ${JSON.stringify(title || `Text ${i}`)}\nlanguage: ${language}\n---\n`;
      const { document } = await readDocument(`${i}.md`, 'text/markdown', new TextEncoder().encode(front + text));
      const id = String(i).padStart(5, '0');
      return chunkDocument({ ...document!, contentType: 'text/markdown' }).map((chunk) => ({
        ...chunk,
        id: `${id}#${String(chunk.position).padStart(4, '0')}`,
        document: i,
        language,
        category: null,
      }));
    }),
  );
  return all.flat();
}

async function measure(collection: Collection) {
  const { questions, language } = collection;
  const chunks = await readChunks(collection);
  const plain = plainBm25(collection.texts.map((d) => `${d.title}\n${d.text}`));
  const plainHits = questions.map((question) => plain(question.text));
  const base = perQuestion(plainHits, questions);
  const embedders: Record<string, Embed | null> = { words: null, meaning: learnFrom(chunks) };
  const asked = questions.map(({ text }) => text.normalize('NFKC'));
  const model = await embedAll(values, [...chunks.map(chunkText), ...asked]);
  if (model !== null) embedders['model'] = model;
  const ours = Object.entries(embedders).map(([by, embed]) => {
    const { explain } = openChunks(chunks, embed);
    const found = questions.map(({ text }) => explain(text, language, 40));
    const rankings = found.map((passages) => distinct(passages.map((p) => p.document)));
    const share = mean(found.map((passages) => ((passages[0]?.score ?? 0) >= 0.5 ? 1 : 0)));
    const over = pairedGain(perQuestion(rankings, questions), base);
    return [by, { ...figures(rankings, questions), found: rounded(share), overPlain: over }];
  });
  return {
    set: collection.name,
    documents: collection.texts.length,
    chunks: chunks.length,
    questions: questions.length,
    plain: figures(plainHits, questions),
    ...Object.fromEntries(ours),
  };
}

if (!existsSync(join(shared, 'xquad'))) {
  console.log(JSON.stringify({ skipped: 'the public data sets are not on this machine' }));
} else {
  for (const collection of [xquad('en'), xquad('de'), tau2()]) console.log(JSON.stringify(await measure(collection)));
}

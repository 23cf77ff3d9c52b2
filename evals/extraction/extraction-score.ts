import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractText } from '../../src/platform/index.ts';
import { makeDocx, makePdf, type SamplePiece } from '../../tests/support/sample-documents.ts';
import { wordsInDocx } from './words-in-docx.ts';

/**
 * What of a document's text is read: share of the words that stand in it (`found`), of pairs of neighbours (`inOrder`),
 * and of the words read those that stand in it (`true`). Our starter documents as PDF and DOCX of our own making, and,
 * where the public folder is there, files of others: their text is the LaTeX source, a table written down by hand, or
 * for DOCX the runs of the XML, read without the library that we use.
 */
const root = join(import.meta.dirname, '../..');
const shared = join(root, '../shared/data/attachments');

interface Case {
  readonly name: string;
  readonly bytes: Buffer;
  readonly truth: readonly string[];
}

const words = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const pairs = (list: readonly string[]) => list.slice(1).map((word, i) => `${list[i]} ${word}`);

/** How many of `wanted` are in `given`, each counted as often as it stands there. */
function countShared(wanted: readonly string[], given: readonly string[]): number {
  const left = new Map<string, number>();
  for (const one of given) left.set(one, (left.get(one) ?? 0) + 1);
  let found = 0;
  for (const one of wanted) {
    const count = left.get(one) ?? 0;
    if (count === 0) continue;
    left.set(one, count - 1);
    found++;
  }
  return found;
}

const share = (part: number, of: number) => (of === 0 ? null : Math.round((part / of) * 10_000) / 10_000);

async function score(name: string, cases: readonly Case[]): Promise<object> {
  const sum = { words: 0, found: 0, pairs: 0, inOrder: 0, read: 0, true: 0 };
  const unreadable: string[] = [];
  for (const one of cases) {
    const read = await extractText({ name: one.name, contentType: '', bytes: one.bytes });
    if (!read.ok) unreadable.push(`${one.name}: ${read.problem}`);
    const got = read.ok ? words(read.text) : [];
    sum.words += one.truth.length;
    sum.found += countShared(one.truth, got);
    sum.pairs += Math.max(0, one.truth.length - 1);
    sum.inOrder += countShared(pairs(one.truth), pairs(got));
    sum.read += got.length;
    sum.true += countShared(got, one.truth);
  }
  return {
    name,
    documents: cases.length,
    words: sum.words,
    found: share(sum.found, sum.words),
    inOrder: share(sum.inOrder, sum.pairs),
    true: share(sum.true, sum.read),
    unreadable,
  };
}

/** A starter document as the pieces that it is made of; what customers asked is a comment and no text. */
function piecesOf(markdown: string): SamplePiece[] {
  const body = markdown.replace(/^---\n[\s\S]*?\n---\n/, '').replace(/<!--[\s\S]*?-->/g, '');
  const blocks = body.split(/\n{2,}/).map((block) => block.trim());
  return blocks.filter((block) => block !== '').map(pieceOf);
}

function pieceOf(block: string): SamplePiece {
  const heading = /^(#{1,3})\s+(.*)$/.exec(block);
  if (heading) return { heading: heading[2]!, level: heading[1]!.length as 1 | 2 | 3 };
  const lines = block.split('\n');
  if (lines.every((line) => line.startsWith('|'))) {
    const rows = lines.filter((line) => !/^[\s|:-]+$/.test(line));
    return {
      table: rows.map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
    };
  }
  if (lines.every((line) => /^[-*] /.test(line))) return { list: lines.map((line) => line.slice(2)) };
  return { paragraph: lines.join(' ') };
}

const wordsOf = (pieces: readonly SamplePiece[]) =>
  words(pieces.map((piece) => JSON.stringify(Object.values(piece)[0])).join(' '));

async function starterCases(ending: 'pdf' | 'docx'): Promise<Case[]> {
  const folder = join(root, 'starter/knowledge');
  const cases: Case[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.md'))) {
    const pieces = piecesOf(readFileSync(join(folder, name), 'utf8'));
    const bytes = ending === 'pdf' ? await makePdf(pieces) : await makeDocx(pieces);
    cases.push({ name: `${name}.${ending}`, bytes, truth: wordsOf(pieces) });
  }
  return cases;
}

function publicPdfs(): Case[] {
  const read = (path: string) => readFileSync(join(shared, path));
  const source = /\\begin\{document\}([\s\S]*)\\end\{document\}/.exec(
    read('pdf/minimal-document.tex').toString('utf8'),
  )![1]!;
  const invoice = 'SPARSE-2024-INV-1234_borderless_table';
  return [
    { name: 'minimal.pdf', bytes: read('pdf/minimal-document.pdf'), truth: words(source) },
    {
      name: 'invoice.pdf',
      bytes: read(`office/${invoice}.pdf`),
      truth: words(read(`office/expected_${invoice}.md`).toString('utf8')),
    },
  ];
}

function publicDocx(): Case[] {
  return ['docx', 'office'].flatMap((folder) =>
    readdirSync(join(shared, folder))
      .filter((name) => name.endsWith('.docx'))
      .map((name) => {
        const bytes = readFileSync(join(shared, folder, name));
        return { name, bytes, truth: words(wordsInDocx(bytes)) };
      })
      // A picture is all there is in one of them.
      .filter(({ truth }) => truth.length > 0),
  );
}

const results = [
  await score('starter documents as PDF', await starterCases('pdf')),
  await score('starter documents as DOCX', await starterCases('docx')),
];
if (existsSync(shared)) {
  results.push(await score('public PDF', publicPdfs()), await score('public DOCX', publicDocx()));
} else console.error('the public files are not there: ../shared/data/attachments; only documents of our own are read');
for (const result of results) console.log(JSON.stringify(result));

import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKnowledge, type Knowledge, readSynonyms } from '../../../src/knowledge/index.ts';
import { createLog, type Database, newId, openDatabase, systemClock } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const synonyms = readSynonyms(join(import.meta.dirname, '../../../starter/synonyms.json'));
let own: TestDatabase;
let database: Database;
let folder: string;
let knowledge: Knowledge;

/** Another process on the same database, as far as the knowledge can tell. */
const another = (): Knowledge =>
  createKnowledge({
    db: database.db,
    transaction: database.transaction,
    clock: systemClock,
    newId,
    log: createLog('silent'),
    synonyms,
  });

function put(name: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const document = (title: string, body: string, language = 'en') =>
  `---\ntitle: ${title}\nlanguage: ${language}\ncategory: Billing\n---\n\n# ${title}\n\n${body}\n`;

const upload = (name: string, text: string) => ({
  name,
  contentType: 'text/markdown' as const,
  bytes: new TextEncoder().encode(text),
});

async function headings(question: string, language: 'en' | 'de' = 'en', of = knowledge): Promise<string[]> {
  return (await of.search(question, { language, limit: 5 })).passages.map((p) => p.heading);
}

async function count(table: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*) as n from ${sql.raw(table)}`.execute(database.db);
  return found.rows[0]!.n;
}

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { poolSize: 6 });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-docs-'));
  await sql`truncate knowledge.documents, knowledge.chunks, knowledge.versions restart identity cascade`.execute(
    database.db,
  );
  knowledge = another();
  return () => rmSync(folder, { recursive: true, force: true });
});

describe('a folder of documents', () => {
  it('is taken in, and what is new, changed, moved and removed is seen by its content', async () => {
    put('a.md', document('Refunds', '## How long\n\nA refund to a credit card takes nine days.'));
    put('sub/b.md', document('Sync', '## Conflicts\n\nThe error QH-1042 means a conflict of two files.'));
    const first = await knowledge.syncFolder(folder);
    expect(first).toMatchObject({ added: ['a.md', 'sub/b.md'], changed: [], moved: [], removed: [], problems: [] });
    expect(await headings('How long does a refund to my credit card take?')).toEqual(['Refunds › How long']);

    const again = await knowledge.syncFolder(folder);
    expect(again).toMatchObject({
      added: [],
      changed: [],
      moved: [],
      removed: [],
      unchanged: 2,
      version: first.version,
    });

    const [before] = (await knowledge.search('QH-1042 conflict', { language: 'en', limit: 1 })).passages;
    put('a.md', document('Refunds', '## How long\n\nA refund to a credit card takes four days.'));
    renameSync(join(folder, 'sub/b.md'), join(folder, 'c.md'));
    put('d.md', document('Panels', '## Setup\n\nThe panel shows a pairing code.'));
    const second = await knowledge.syncFolder(folder);
    expect(second).toMatchObject({
      added: ['d.md'],
      changed: ['a.md'],
      moved: [{ from: 'sub/b.md', to: 'c.md' }],
      removed: [],
      unchanged: 0,
    });
    const [moved] = (await knowledge.search('QH-1042 conflict', { language: 'en', limit: 1 })).passages;
    expect(moved?.chunkId).toBe(before?.chunkId);
    const [changed] = (await knowledge.search('How long does a refund take?', { language: 'en', limit: 1 })).passages;
    expect(changed?.text).toContain('four days');

    rmSync(join(folder, 'a.md'));
    const third = await knowledge.syncFolder(folder);
    expect(third).toMatchObject({ added: [], changed: [], moved: [], removed: ['a.md'], unchanged: 2 });
    expect(await knowledge.search('How long does a refund take?', { language: 'en', limit: 5 })).toMatchObject({
      found: false,
      passages: [],
      relevance: 0,
      knowledgeVersion: third.version,
    });
    expect(new Set([first.version, second.version, third.version]).size).toBe(3);
  });

  it('with files that cannot be read takes the others and says why', async () => {
    put('good.md', document('Refunds', 'A refund takes nine days.'));
    put('empty.md', '');
    put('old.txt', new Uint8Array([0x47, 0x72, 0xf6, 0xdf, 0x65]));
    put('binary.md', new Uint8Array([1, 0, 2, 0, 255]));
    put('big.md', new Uint8Array(25 * 1024 * 1024 + 1).fill(97));
    put('manual.pdf', '%PDF-1.7');
    put('sheet.ods', 'x');
    symlinkSync('/etc/hostname', join(folder, 'outside.md'));
    put('.hidden.md', 'hidden');
    put('~$manual.docx', 'what Word writes beside a document that somebody has open');
    put('matter.md', '---\ntitle: [open\ncategory: Billing\n---\n\nText.\n');
    symlinkSync(join(folder, 'good.md'), join(folder, 'link.md'));
    symlinkSync(join(folder, 'nowhere.md'), join(folder, 'dangling.md'));
    const report = await knowledge.syncFolder(folder);
    const problems = Object.fromEntries(report.problems.map((p) => [p.source, p.problem]));
    const names = ['big.md', 'binary.md', 'empty.md', 'manual.pdf', 'matter.md', 'old.txt', 'outside.md', 'sheet.ods'];
    expect(Object.keys(problems).sort()).toEqual(names);
    expect(problems['outside.md']).toMatch(/link to a file outside/);
    expect(problems['sheet.ods']).toMatch(/Files .ods are not read/);
    expect(problems['empty.md']).toMatch(/0 bytes/);
    expect(problems['matter.md']).toMatch(/^The front matter .* not valid YAML: .*\w\. Correct it\.$/);
    expect(problems['old.txt']).toMatch(/UTF-8/);
    expect(problems['binary.md']).toMatch(/binary/);
    expect(problems['big.md']).toMatch(/25\.0 MB/);
    expect(problems['manual.pdf']).toMatch(/cut off/);
    expect(report.added).toContain('link.md');
    const status = await knowledge.status();
    expect(status.stale).toEqual([...report.problems].sort((a, b) => (a.source < b.source ? -1 : 1)));
    expect(status).toMatchObject({ documents: 10, chunks: 2, version: report.version });
    expect(status.lastSync).toBeInstanceOf(Date);

    const again = await knowledge.syncFolder(folder);
    expect(again).toMatchObject({ added: [], changed: [], unchanged: 10, version: report.version });
    put('empty.md', document('Sync', 'No longer empty.'));
    expect((await knowledge.syncFolder(folder)).changed).toEqual(['empty.md']);
    expect((await knowledge.status()).stale.map((p) => p.source)).not.toContain('empty.md');
  });

  it('that cannot be read removes nothing', async () => {
    put('a.md', document('Refunds', 'A refund takes nine days.'));
    await knowledge.syncFolder(folder);
    await expect(knowledge.syncFolder(join(folder, 'gone'))).rejects.toMatchObject({ code: 'file-unreadable' });
    expect((await knowledge.status()).documents).toBe(1);
  });

  it('that is empty all at once removes nothing; a single document may go, and all of them with one left', async () => {
    put('a.md', document('Refunds', 'A refund takes nine days.'));
    put('b.md', document('Erstattungen', 'Eine Erstattung dauert neun Tage.', 'de'));
    await knowledge.syncFolder(folder);
    rmSync(join(folder, 'a.md'));
    rmSync(join(folder, 'b.md'));
    await expect(knowledge.syncFolder(folder)).rejects.toThrow(/is empty, but 2 documents came from it/);
    expect((await knowledge.status()).documents).toBe(2);
    put('c.md', document('Panels', 'The panel shows a pairing code.'));
    expect((await knowledge.syncFolder(folder)).removed).toEqual(['a.md', 'b.md']);
    rmSync(join(folder, 'c.md'));
    expect((await knowledge.syncFolder(folder)).removed).toEqual(['c.md']);
  });

  it('that the server could not read stands in the status until it could, and is noted once', async () => {
    put('a.md', document('Refunds', 'A refund takes nine days.'));
    await knowledge.syncFolder(folder);
    const { lastSync } = await knowledge.status();
    const before = await count('platform.ledger');
    for (let time = 0; time < 3; time++) await knowledge.noteUnreadFolder('The share is away.');
    expect(await count('platform.ledger')).toBe(before + 1);
    const stale = [{ source: 'DOCUMENTS_PATH', problem: 'The share is away.' }];
    expect(await another().status()).toMatchObject({ stale, documents: 1, lastSync });
    await knowledge.syncFolder(folder);
    expect((await another().status()).stale).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('whose subfolder is locked away keeps what it had from there', async () => {
    put('sub/a.md', document('Refunds', 'A refund takes nine days.'));
    await knowledge.syncFolder(folder);
    chmodSync(join(folder, 'sub'), 0);
    const report = await knowledge.syncFolder(folder);
    chmodSync(join(folder, 'sub'), 0o755);
    expect(report).toMatchObject({ removed: [], problems: [{ source: 'sub/' }] });
    expect((await knowledge.status()).documents).toBe(1);
  });

  it('looked at by many processes at once is stored once, with one version a change', async () => {
    for (let i = 0; i < 8; i++) put(`d${i}.md`, document(`Paper ${i}`, `Text number ${i} is about refunds.`));
    const reports = await Promise.all([another(), another(), another(), knowledge].map((k) => k.syncFolder(folder)));
    expect(reports.flatMap((r) => r.added).sort()).toEqual(Array.from({ length: 8 }, (_, i) => `d${i}.md`));
    expect(await count('knowledge.documents')).toBe(8);
    expect(await count('knowledge.chunks')).toBe(8);
    expect(await count('knowledge.versions')).toBe(8);
    const ledger = await sql<{ n: number }>`select count(distinct subject_id) as n from platform.ledger
      where action = 'document-added' and data->>'knowledge_version' is not null
        and subject_id in (select id::text from knowledge.documents)`.execute(database.db);
    expect(ledger.rows[0]!.n).toBe(8);
  });

  it('changed by another process is searched as it is now', async () => {
    put('a.md', document('Refunds', 'A refund takes nine days.'));
    await knowledge.syncFolder(folder);
    expect(await headings('When do I get the refund?')).toEqual(['Refunds']);
    const other = another();
    put('b.md', document('Webhooks', 'A failed webhook is repeated six times.'));
    const { version } = await other.syncFolder(folder);
    const verdict = await knowledge.search('How often is a failed webhook repeated?', { language: 'en', limit: 5 });
    expect(verdict).toMatchObject({ found: true, knowledgeVersion: version });
    expect(verdict.passages[0]?.heading).toBe('Webhooks');
  });

  it('splits compounds by words that came later, and every process scores alike', async () => {
    put('a.md', document('Rechnung', 'Die Rechnungskorrektur ist kostenlos. Eine Rechnung kommt per Post.', 'de'));
    put('z.md', document('Versand', 'Das Paket kommt an. Der Versand dauert drei Tage.', 'de'));
    await knowledge.syncFolder(folder);
    expect((await knowledge.explain('Korrektur', { language: 'de', limit: 5 })).length).toBe(0);
    put('b.md', document('Angaben', 'Für eine Korrektur brauchen wir die richtigen Angaben.', 'de'));
    await knowledge.syncFolder(folder);
    const passages = await knowledge.explain('Korrektur', { language: 'de', limit: 5 });
    expect(passages.map((p) => p.document)).toEqual(['Angaben', 'Rechnung']);
    const elsewhere = await another().explain('Korrektur', { language: 'de', limit: 5 });
    expect(elsewhere).toEqual(passages);
    rmSync(join(folder, 'b.md'));
    await knowledge.syncFolder(folder);
    expect((await knowledge.explain('Korrektur', { language: 'de', limit: 5 })).length).toBe(0);
  });
});

describe('an uploaded document', () => {
  it('is added, read, replaced and removed, and each leaves a row in the ledger', async () => {
    const added = await knowledge.addDocument(
      upload('rules.md', document('Rules', 'A refund takes nine days.')),
      'maria',
    );
    expect(added).toMatchObject({
      source: 'upload:rules.md',
      title: 'Rules',
      language: 'en',
      category: 'Billing',
      chunks: 1,
    });
    await expect(knowledge.addDocument(upload('rules.md', 'other'), 'maria')).rejects.toMatchObject({
      code: 'already-done',
    });
    expect((await knowledge.readDocument(added.id)).text).toContain('nine days');

    const replaced = await knowledge.replaceDocument(
      added.id,
      upload('x.md', document('Rules', 'A refund takes two days.')),
      'tom',
    );
    expect(replaced).toMatchObject({ id: added.id, source: 'upload:rules.md' });
    const found = await knowledge.search('How many days does a refund take?', { language: 'en', limit: 5 });
    expect(found.passages.map((p) => p.text)).toEqual(['A refund takes two days.']);

    put('a.md', document('Sync', 'Files are synchronised.'));
    await knowledge.syncFolder(folder);
    expect((await knowledge.status()).documents).toBe(2);

    await knowledge.removeDocument(added.id, 'tom');
    for (const work of [
      () => knowledge.removeDocument(added.id, 'tom'),
      () => knowledge.readDocument(added.id),
      () => knowledge.readDocument('not-an-id'),
      () => knowledge.replaceDocument(added.id, upload('x.md', 'x'), 'tom'),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'not-found' });
    }
    const rows = await sql<{ actor: string; action: string }>`
      select actor, action from platform.ledger where subject_id = ${added.id} order by id`.execute(database.db);
    expect(rows.rows).toEqual([
      { actor: 'maria', action: 'document-added' },
      { actor: 'tom', action: 'document-replaced' },
      { actor: 'tom', action: 'document-removed' },
    ]);
  });

  it('that cannot be read is refused with the reason and nothing is stored', async () => {
    await expect(knowledge.addDocument(upload('a.md', ' \n'), 'maria')).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('no text'),
    });
    expect(await count('knowledge.documents')).toBe(0);
    expect(await knowledge.version()).toBe('0-empty');
  });

  it('of any characters is stored and found, odd ones included', async () => {
    const odd = `Größe 😀 \u202e ${'x'.repeat(5_000)} it's "quoted" & | ! : * <b> \\ 'end' (zebra)`;
    await knowledge.addDocument(
      upload("o'dd & | name.md", `# It's odd\n\n${odd}\n\n${'long '.repeat(30_000)}`),
      'maria',
    );
    const verdict = await knowledge.search("zebra 'quoted' & | ! \\ größe", { language: 'en', limit: 1 });
    expect(verdict.passages[0]?.text).toContain('zebra');
    for (const question of ["'", '\\', "a'b", ':*', '&|!', '\u0000', '😀', '<->', "''''", '%', '\ud800']) {
      await expect(knowledge.search(question, { language: 'en', limit: 1 })).resolves.toMatchObject({ found: false });
    }
  });

  it('is listed newest first, page by page', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names)
      await knowledge.addDocument(upload(`${name}.md`, `Text of ${name} about refunds`), 'maria');
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await knowledge.listDocuments(cursor === undefined ? { limit: 2 } : { limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((d) => d.source));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a'].map((n) => `upload:${n}.md`));
  });
});

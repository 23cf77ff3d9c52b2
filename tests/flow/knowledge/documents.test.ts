import { chmodSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { document, documentsWorld } from './documents-world.ts';

const world = documentsWorld();
const { another, count, put } = world;

async function headings(question: string, language: 'en' | 'de' = 'en', of = world.knowledge): Promise<string[]> {
  return (await of.search(question, { language, limit: 5 })).passages.map((p) => p.heading);
}

describe('a folder of documents', () => {
  it('is taken in, and what is new, changed, moved and removed is seen by its content', async () => {
    put('a.md', document('Refunds', '## How long\n\nA refund to a credit card takes nine days.'));
    put('sub/b.md', document('Sync', '## Conflicts\n\nThe error QH-1042 means a conflict of two files.'));
    const first = await world.knowledge.syncFolder(world.folder);
    expect(first).toMatchObject({ added: ['a.md', 'sub/b.md'], changed: [], moved: [], removed: [], problems: [] });
    expect(await headings('How long does a refund to my credit card take?')).toEqual(['Refunds › How long']);

    const again = await world.knowledge.syncFolder(world.folder);
    expect(again).toMatchObject({
      added: [],
      changed: [],
      moved: [],
      removed: [],
      unchanged: 2,
      version: first.version,
    });

    const [before] = (await world.knowledge.search('QH-1042 conflict', { language: 'en', limit: 1 })).passages;
    put('a.md', document('Refunds', '## How long\n\nA refund to a credit card takes four days.'));
    renameSync(join(world.folder, 'sub/b.md'), join(world.folder, 'c.md'));
    put('d.md', document('Panels', '## Setup\n\nThe panel shows a pairing code.'));
    const second = await world.knowledge.syncFolder(world.folder);
    expect(second).toMatchObject({
      added: ['d.md'],
      changed: ['a.md'],
      moved: [{ from: 'sub/b.md', to: 'c.md' }],
      removed: [],
      unchanged: 0,
    });
    const [moved] = (await world.knowledge.search('QH-1042 conflict', { language: 'en', limit: 1 })).passages;
    expect(moved?.chunkId).toBe(before?.chunkId);
    const [changed] = (await world.knowledge.search('How long does a refund take?', { language: 'en', limit: 1 }))
      .passages;
    expect(changed?.text).toContain('four days');

    rmSync(join(world.folder, 'a.md'));
    const third = await world.knowledge.syncFolder(world.folder);
    expect(third).toMatchObject({ added: [], changed: [], moved: [], removed: ['a.md'], unchanged: 2 });
    expect(await world.knowledge.search('How long does a refund take?', { language: 'en', limit: 5 })).toMatchObject({
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
    symlinkSync('/etc/hostname', join(world.folder, 'outside.md'));
    put('.hidden.md', 'hidden');
    put('~$manual.docx', 'what Word writes beside a document that somebody has open');
    put('matter.md', '---\ntitle: [open\ncategory: Billing\n---\n\nText.\n');
    symlinkSync(join(world.folder, 'good.md'), join(world.folder, 'link.md'));
    symlinkSync(join(world.folder, 'nowhere.md'), join(world.folder, 'dangling.md'));
    const report = await world.knowledge.syncFolder(world.folder);
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
    const status = await world.knowledge.status();
    expect(status.stale).toEqual([...report.problems].sort((a, b) => (a.source < b.source ? -1 : 1)));
    expect(status).toMatchObject({ documents: 10, chunks: 2, version: report.version });
    expect(status.lastSync).toBeInstanceOf(Date);

    const again = await world.knowledge.syncFolder(world.folder);
    expect(again).toMatchObject({ added: [], changed: [], unchanged: 10, version: report.version });
    put('empty.md', document('Sync', 'No longer empty.'));
    expect((await world.knowledge.syncFolder(world.folder)).changed).toEqual(['empty.md']);
    expect((await world.knowledge.status()).stale.map((p) => p.source)).not.toContain('empty.md');
  });

  it('that cannot be read removes nothing', async () => {
    put('a.md', document('Refunds', 'A refund takes nine days.'));
    await world.knowledge.syncFolder(world.folder);
    await expect(world.knowledge.syncFolder(join(world.folder, 'gone'))).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    expect((await world.knowledge.status()).documents).toBe(1);
  });

  it('that is empty all at once removes nothing; a single document may go, and all of them with one left', async () => {
    put('a.md', document('Refunds', 'A refund takes nine days.'));
    put('b.md', document('Erstattungen', 'Eine Erstattung dauert neun Tage.', 'de'));
    await world.knowledge.syncFolder(world.folder);
    rmSync(join(world.folder, 'a.md'));
    rmSync(join(world.folder, 'b.md'));
    await expect(world.knowledge.syncFolder(world.folder)).rejects.toThrow(/is empty, but 2 documents came from it/);
    expect((await world.knowledge.status()).documents).toBe(2);
    put('c.md', document('Panels', 'The panel shows a pairing code.'));
    expect((await world.knowledge.syncFolder(world.folder)).removed).toEqual(['a.md', 'b.md']);
    rmSync(join(world.folder, 'c.md'));
    expect((await world.knowledge.syncFolder(world.folder)).removed).toEqual(['c.md']);
  });

  it('that the server could not read stands in the status until it could, and is noted once', async () => {
    put('a.md', document('Refunds', 'A refund takes nine days.'));
    await world.knowledge.syncFolder(world.folder);
    const { lastSync } = await world.knowledge.status();
    const before = await count('platform.ledger');
    for (let time = 0; time < 3; time++) await world.knowledge.noteUnreadFolder('The share is away.');
    expect(await count('platform.ledger')).toBe(before + 1);
    const stale = [{ source: 'DOCUMENTS_PATH', problem: 'The share is away.' }];
    expect(await another().status()).toMatchObject({ stale, documents: 1, lastSync });
    await world.knowledge.syncFolder(world.folder);
    expect((await another().status()).stale).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('whose subfolder is locked away keeps what it had from there', async () => {
    put('sub/a.md', document('Refunds', 'A refund takes nine days.'));
    await world.knowledge.syncFolder(world.folder);
    chmodSync(join(world.folder, 'sub'), 0);
    const report = await world.knowledge.syncFolder(world.folder);
    chmodSync(join(world.folder, 'sub'), 0o755);
    expect(report).toMatchObject({ removed: [], problems: [{ source: 'sub/' }] });
    expect((await world.knowledge.status()).documents).toBe(1);
  });

  it('looked at by many processes at once is stored once, with one version a change', async () => {
    for (let i = 0; i < 8; i++) put(`d${i}.md`, document(`Paper ${i}`, `Text number ${i} is about refunds.`));
    const reports = await Promise.all(
      [another(), another(), another(), world.knowledge].map((k) => k.syncFolder(world.folder)),
    );
    expect(reports.flatMap((r) => r.added).sort()).toEqual(Array.from({ length: 8 }, (_, i) => `d${i}.md`));
    expect(await count('knowledge.documents')).toBe(8);
    expect(await count('knowledge.chunks')).toBe(8);
    expect(await count('knowledge.versions')).toBe(8);
    const ledger = await sql<{ n: number }>`select count(distinct subject_id) as n from platform.ledger
      where action = 'document-added' and data->>'knowledge_version' is not null
        and subject_id in (select id::text from knowledge.documents)`.execute(world.database.db);
    expect(ledger.rows[0]!.n).toBe(8);
  });

  it('changed by another process is searched as it is now', async () => {
    put('a.md', document('Refunds', 'A refund takes nine days.'));
    await world.knowledge.syncFolder(world.folder);
    expect(await headings('When do I get the refund?')).toEqual(['Refunds']);
    const other = another();
    put('b.md', document('Webhooks', 'A failed webhook is repeated six times.'));
    const { version } = await other.syncFolder(world.folder);
    const verdict = await world.knowledge.search('How often is a failed webhook repeated?', {
      language: 'en',
      limit: 5,
    });
    expect(verdict).toMatchObject({ found: true, knowledgeVersion: version });
    expect(verdict.passages[0]?.heading).toBe('Webhooks');
  });

  it('splits compounds by words that came later, and every process scores alike', async () => {
    put('a.md', document('Rechnung', 'Die Rechnungskorrektur ist kostenlos. Eine Rechnung kommt per Post.', 'de'));
    put('z.md', document('Versand', 'Das Paket kommt an. Der Versand dauert drei Tage.', 'de'));
    await world.knowledge.syncFolder(world.folder);
    expect((await world.knowledge.explain('Korrektur', { language: 'de', limit: 5 })).length).toBe(0);
    put('b.md', document('Angaben', 'Für eine Korrektur brauchen wir die richtigen Angaben.', 'de'));
    await world.knowledge.syncFolder(world.folder);
    const passages = await world.knowledge.explain('Korrektur', { language: 'de', limit: 5 });
    expect(passages.map((p) => p.document)).toEqual(['Angaben', 'Rechnung']);
    const elsewhere = await another().explain('Korrektur', { language: 'de', limit: 5 });
    expect(elsewhere).toEqual(passages);
    rmSync(join(world.folder, 'b.md'));
    await world.knowledge.syncFolder(world.folder);
    expect((await world.knowledge.explain('Korrektur', { language: 'de', limit: 5 })).length).toBe(0);
  });
});

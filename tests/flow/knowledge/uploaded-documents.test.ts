import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { document, documentsWorld } from './documents-world.ts';

const world = documentsWorld();
const { count, put } = world;

const upload = (name: string, text: string) => ({
  name,
  contentType: 'text/markdown' as const,
  bytes: new TextEncoder().encode(text),
});

describe('an uploaded document', () => {
  it('is added, read, replaced and removed, and each leaves a row in the ledger', async () => {
    const added = await world.knowledge.addDocument(
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
    await expect(world.knowledge.addDocument(upload('rules.md', 'other'), 'maria')).rejects.toMatchObject({
      code: 'already-done',
    });
    expect((await world.knowledge.readDocument(added.id)).text).toContain('nine days');

    const replaced = await world.knowledge.replaceDocument(
      added.id,
      upload('x.md', document('Rules', 'A refund takes two days.')),
      'tom',
    );
    expect(replaced).toMatchObject({ id: added.id, source: 'upload:rules.md' });
    const found = await world.knowledge.search('How many days does a refund take?', { language: 'en', limit: 5 });
    expect(found.passages.map((p) => p.text)).toEqual(['A refund takes two days.']);

    put('a.md', document('Sync', 'Files are synchronised.'));
    await world.knowledge.syncFolder(world.folder);
    expect((await world.knowledge.status()).documents).toBe(2);

    await world.knowledge.removeDocument(added.id, 'tom');
    for (const work of [
      () => world.knowledge.removeDocument(added.id, 'tom'),
      () => world.knowledge.readDocument(added.id),
      () => world.knowledge.readDocument('not-an-id'),
      () => world.knowledge.replaceDocument(added.id, upload('x.md', 'x'), 'tom'),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'not-found' });
    }
    const rows = await sql<{ actor: string; action: string }>`
      select actor, action from platform.ledger where subject_id = ${added.id} order by id`.execute(world.database.db);
    expect(rows.rows).toEqual([
      { actor: 'maria', action: 'document-added' },
      { actor: 'tom', action: 'document-replaced' },
      { actor: 'tom', action: 'document-removed' },
    ]);
  });

  it('that cannot be read is refused with the reason and nothing is stored', async () => {
    await expect(world.knowledge.addDocument(upload('a.md', ' \n'), 'maria')).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('no text'),
    });
    expect(await count('knowledge.documents')).toBe(0);
    expect(await world.knowledge.version()).toBe('0-empty');
  });

  it('of any characters is stored and found, odd ones included', async () => {
    const odd = `Größe 😀 \u202e ${'x'.repeat(5_000)} it's "quoted" & | ! : * <b> \\ 'end' (zebra)`;
    await world.knowledge.addDocument(
      upload("o'dd & | name.md", `# It's odd\n\n${odd}\n\n${'long '.repeat(30_000)}`),
      'maria',
    );
    const verdict = await world.knowledge.search("zebra 'quoted' & | ! \\ größe", { language: 'en', limit: 1 });
    expect(verdict.passages[0]?.text).toContain('zebra');
    for (const question of ["'", '\\', "a'b", ':*', '&|!', '\u0000', '😀', '<->', "''''", '%', '\ud800']) {
      await expect(world.knowledge.search(question, { language: 'en', limit: 1 })).resolves.toMatchObject({
        found: false,
      });
    }
  });

  it('is listed newest first, page by page', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names)
      await world.knowledge.addDocument(upload(`${name}.md`, `Text of ${name} about refunds`), 'maria');
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await world.knowledge.listDocuments(cursor === undefined ? { limit: 2 } : { limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((d) => d.source));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a'].map((n) => `upload:${n}.md`));
  });
});

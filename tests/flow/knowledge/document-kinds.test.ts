import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDocx, makePdf, makeScan, type SamplePiece } from '../../support/sample-documents.ts';
import { documentsWorld } from './documents-world.ts';

const world = documentsWorld();
const { another, put } = world;

const handbook = (days: string): SamplePiece[] => [
  { heading: 'Handbuch der Paneele', level: 1 },
  { heading: 'Kopplung', level: 2 },
  { paragraph: 'Das Paneel zeigt bei der Kopplung einen Code aus sechs Ziffern, der in der App eingegeben wird.' },
  { pageBreak: true },
  { heading: 'Rücksendung', level: 2 },
  { paragraph: `Die Rücksendung eines Paneels ist innerhalb von ${days} Tagen möglich und kostet nichts.` },
  {
    table: [
      ['Land', 'Versandgebühr', 'Laufzeit'],
      ['Österreich', '4,90 €', 'drei Tage'],
      ['Schweiz', '12,00 €', 'sieben Tage'],
    ],
  },
];

const find = async (question: string, of = world.knowledge) =>
  (await of.search(question, { language: 'de', limit: 3 })).passages[0];

describe('documents of every kind', () => {
  it('are found with headings, tables and pages, in every process under the same version', async () => {
    put('handbuch.pdf', await makePdf(handbook('vierzehn')));
    put('seite.html', '<h1>Konten</h1><h2>Sperrung</h2><p>Ein gesperrtes Konto wird nach der Prüfung freigegeben.</p>');
    put(
      'brief.docx',
      await makeDocx([
        { heading: 'Rechnungen', level: 1 },
        { paragraph: 'Eine Rechnung wird am Monatsende als Datei verschickt.' },
      ]),
    );
    const report = await world.knowledge.syncFolder(world.folder);
    expect(report).toMatchObject({ added: ['brief.docx', 'handbuch.pdf', 'seite.html'], problems: [] });

    const returned = await find('In wie vielen Tagen ist die Rücksendung möglich?');
    expect(returned).toMatchObject({ heading: 'Handbuch der Paneele › Rücksendung', page: 2 });
    expect(returned?.text).toContain('| Land | Versandgebühr | Laufzeit |\n| --- | --- | --- |\n| Österreich | 4,90 €');
    expect(await find('Wie viele Ziffern hat der Code bei der Kopplung?')).toMatchObject({ page: 1 });
    expect(await find('Wann wird ein gesperrtes Konto freigegeben?')).toMatchObject({ page: null });
    expect(await find('Wann wird die Rechnung verschickt?')).toMatchObject({ heading: 'Rechnungen' });

    const other = another();
    expect(await other.version()).toBe(report.version);
    expect((await find('Rücksendung Paneel Tage', other))?.chunkId).toBe(returned?.chunkId);
  });

  it('are seen when they change, move and go, and are not read again otherwise', async () => {
    put('a.pdf', await makePdf(handbook('vierzehn')));
    await world.knowledge.syncFolder(world.folder);
    const before = await find('In wie vielen Tagen ist die Rücksendung möglich?');
    expect(await world.knowledge.syncFolder(world.folder)).toMatchObject({ unchanged: 1, changed: [] });
    renameSync(join(world.folder, 'a.pdf'), join(world.folder, 'b.pdf'));
    expect((await world.knowledge.syncFolder(world.folder)).moved).toEqual([{ from: 'a.pdf', to: 'b.pdf' }]);
    expect((await find('In wie vielen Tagen ist die Rücksendung möglich?'))?.chunkId).toBe(before?.chunkId);
    put('b.pdf', await makePdf(handbook('dreißig')));
    expect((await world.knowledge.syncFolder(world.folder)).changed).toEqual(['b.pdf']);
    expect((await find('In wie vielen Tagen ist die Rücksendung möglich?'))?.text).toContain('dreißig');
    rmSync(join(world.folder, 'b.pdf'));
    expect((await world.knowledge.syncFolder(world.folder)).removed).toEqual(['b.pdf']);
  });

  it('that can no longer be read lose their passages, and the reason says so', async () => {
    put('a.pdf', await makePdf(handbook('vierzehn')));
    put('b.md', '# Öffnungszeiten\n\nDer Laden öffnet um neun.');
    await world.knowledge.syncFolder(world.folder);
    put('a.pdf', await makePdf(handbook('vierzehn'), { password: 'geheim' }));
    const report = await world.knowledge.syncFolder(world.folder);
    const reason = /protected by a password.*no longer used/;
    expect(report).toMatchObject({
      changed: ['a.pdf'],
      problems: [{ source: 'a.pdf', problem: expect.stringMatching(reason) }],
    });
    expect((await world.knowledge.status()).stale).toEqual(report.problems);
    expect(await find('In wie vielen Tagen ist die Rücksendung möglich?')).toBeUndefined();
    expect((await world.knowledge.syncFolder(world.folder)).problems).toEqual(report.problems);
    put('a.pdf', await makeScan());
    expect((await world.knowledge.syncFolder(world.folder)).problems[0]?.problem).toMatch(/OCR/);
  });

  it('make a folder of 300 with one bad among them', async () => {
    for (let i = 0; i < 300; i++) put(`d${i}.html`, `<h1>Regel ${i}</h1><p>Die Regel Nummer ${i} gilt immer.</p>`);
    put('d7.html', '');
    const report = await world.knowledge.syncFolder(world.folder);
    expect(report.added.length).toBe(300);
    expect(report.problems.map((p) => p.source)).toEqual(['d7.html']);
  });
});

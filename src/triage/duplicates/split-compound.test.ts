import { describe, expect, it } from 'vitest';
import { createDuplicateReader } from './duplicate-reader.ts';
import { sameProblem } from './same-problem.ts';
import { splitCompound } from './split-compound.ts';

describe('splitCompound', () => {
  const things = new Set(['server', 'verbindung', 'datenbank']);
  it.each([
    ['serverausfall', ['server', 'ausfall']],
    ['verbindungsabbrueche', ['verbindung', 'abbrueche']],
    ['datenbankfehler', ['datenbank', 'fehler']],
    ['ausfall', ['ausfall']],
    ['schaltfehler', ['schaltfehler']],
    ['serverraum', ['serverraum']],
  ])('reads %j as %j', (word, parts) => {
    expect(splitCompound(word, (thing) => things.has(thing))).toEqual(parts);
  });
});

describe('a flood in two languages', () => {
  it.each([
    ['Server outage', 'Serverausfall'],
    ['The server has an outage since 9', 'Serverausfall seit 9 Uhr'],
    ['Is there a server disruption?', 'Haben Sie gerade eine Serverstörung?'],
    ['Network outage', 'Netzwerkausfall'],
    ['System outage', 'Systemausfall'],
    ['Database error', 'Datenbankfehler'],
    ['Server crash', 'Serverabsturz'],
  ])('takes %j and %j for one problem', async (english, german) => {
    const [a, b] = await createDuplicateReader({ embedder: null }).read([
      { subject: '', body: english, language: 'en' },
      { subject: '', body: german, language: 'de' },
    ]);
    expect(sameProblem(a!, b!)).toBeGreaterThanOrEqual(0.9);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom, type Outcome, parseModel, serialiseModel, shuffled } from '../ml/index.ts';
import { type TopicModel, trainTopics } from './topics.ts';
import { loadTopics, saveTopics } from './topics-file.ts';
import { TopicReader } from './topics-reader.ts';
import { readTopicWords } from './topics-words.ts';

function accept<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** Three matters in each language; a ticket draws four words of one of them. */
const matters = {
  en: [
    'invoice payment bank card receipt tax',
    'password login account locked reset email',
    'printer paper toner jam tray ink',
  ],
  de: [
    'rechnung zahlung konto überweisung mahnung steuer',
    'passwort anmeldung kennwort gesperrt zugang profil',
    'drucker papier toner stau fach tinte',
  ],
} as const;
const around = {
  en: ['I have this with the', 'and it is about my', 'which'],
  de: ['ich habe das mit dem', 'und es ist wegen der', 'welche'],
};

function texts(language: 'en' | 'de', count: number): string[] {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c, d] = shuffled(matters[language][i % 3]!.split(' '), random);
    const [before, between, behind] = around[language];
    return `${before} ${a} ${b} ${between} ${c} ${behind} ${d}`;
  });
}

const both = [...texts('en', 90), ...texts('de', 90)];
const model = accept(trainTopics(both, { topics: 6, seed: 1 }));
const reader = new TopicReader(model);

describe('trainTopics', () => {
  it.each(['en', 'de'] as const)('finds the matters that the texts were made of (%s)', (language) => {
    const learned = model.languages.find((topics) => topics.language === language)!;
    const found = learned.words.map((words) => words.slice(0, 6).sort().join(' '));
    expect(found.sort()).toEqual(matters[language].map((words) => words.split(' ').sort().join(' ')).sort());
  });

  it('gives the same bits for the same texts and seed', () => {
    const again = accept(trainTopics(both, { topics: 6, seed: 1 }));
    expect(saveTopics(again)).toEqual(saveTopics(model));
  });

  it('gives topics to a language by its number of texts, and none to one with a handful', () => {
    const mostly = accept(trainTopics([...texts('de', 120), ...texts('en', 60)], { topics: 3, seed: 1 }));
    expect(mostly.languages.map(({ language, words }) => [language, words.length])).toEqual([
      ['de', 2],
      ['en', 1],
    ]);
    const german = accept(trainTopics([...texts('de', 120), ...texts('en', 5)], { topics: 3, seed: 1 }));
    expect(german.languages.map(({ language }) => language)).toEqual(['de']);
  });

  it('refuses no topics, no texts and texts that share nothing', () => {
    expect(trainTopics(both, { topics: 0, seed: 1 }).ok).toBe(false);
    expect(trainTopics([], { topics: 3, seed: 1 }).ok).toBe(false);
    expect(trainTopics(['the', 'Zebra', 'Quokka', ''], { topics: 3, seed: 1 }).ok).toBe(false);
  });
});

describe('TopicReader', () => {
  it.each([
    ['The toner of this printer is empty and the tray has a paper jam', 'printer'],
    ['Der Toner von dem Drucker ist leer und in dem Fach ist ein Papierstau, ein Stau', 'drucker'],
    ['My login is locked and the password too', 'password'],
    ['Die Anmeldung ist gesperrt und das Passwort auch', 'passwort'],
  ])('says what a text is about: %s', (text, word) => {
    const [first] = reader.read(text);
    expect(first?.words).toContain(word);
    expect(first?.share).toBeGreaterThan(0.8);
  });

  it('mixes topics when a text does, in shares that sum to one', () => {
    const shares = reader.shares('This is about my password and login and the invoice and payment of it');
    expect([...shares].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect(shares.length).toBe(reader.topics);
    const found = reader.read('This is about my password and login and the invoice and payment of it');
    expect(found.length).toBe(2);
    expect(found[1]!.share).toBeGreaterThan(0.3);
    expect(reader.read('This is about my password and login and the invoice and payment of it', 1).length).toBe(1);
  });

  it('says nothing where it knows nothing', () => {
    for (const text of ['', 'the and of', 'xylophone quokka', 'これはテストです', '🙂 1234']) {
      expect([...reader.shares(text)].every((share) => share === 0)).toBe(true);
      expect(reader.read(text)).toEqual([]);
    }
  });
});

describe('readTopicWords', () => {
  it('brings inflections together, and leaves out what only surrounds a matter', () => {
    const stems = (text: string): string[] => readTopicWords(text).words.map(({ stem }) => stem);
    expect(new Set(stems('invoice invoices')).size).toBe(1);
    expect(new Set(stems('charged charges charging')).size).toBe(1);
    expect(new Set(stems('Mahnung Mahnungen')).size).toBe(1);
    expect(new Set(stems('Verträge Vertrages')).size).toBe(1);
    expect(stems('Sehr geehrte Damen und Herren, thanks and kind regards, 4711, QH-1042')).toEqual([]);
  });

  it('tells the language by stop words', () => {
    expect(readTopicWords('where is the invoice').language).toBe('en');
    expect(readTopicWords('wo ist die Rechnung').language).toBe('de');
    expect(readTopicWords('Login Account').language).toBeNull();
  });
});

describe('topics on disk', () => {
  it('read as before', () => {
    const file = serialiseModel(saveTopics(model), () => 'sum');
    const loaded: TopicModel = accept(loadTopics(accept(parseModel(file, () => 'sum'))));
    const second = new TopicReader(loaded);
    for (const text of both) expect(second.shares(text)).toEqual(reader.shares(text));
    expect(second.read(both[0]!)).toEqual(reader.read(both[0]!));
  });

  it('are refused when of another version or not complete', () => {
    const saved = saveTopics(model);
    expect(loadTopics({ ...saved, header: { ...saved.header, topicVersion: 0 } }).ok).toBe(false);
    expect(loadTopics({ header: {}, sections: {} }).ok).toBe(false);
    const { 'de-idf': _, ...fewer } = saved.sections;
    expect(loadTopics({ ...saved, sections: fewer }).ok).toBe(false);
    const shorter = { ...saved.sections, 'en-projection': new Float32Array(3) };
    expect(loadTopics({ ...saved, sections: shorter }).ok).toBe(false);
  });
});

describe('topics of the starter tickets', () => {
  const tickets = readFileSync(new URL('../../starter/tickets.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { subject: string; body: string; split: string })
    .filter(({ split }) => split === 'train')
    .map(({ subject, body }) => `${subject}\n${body}`);
  const starter = accept(trainTopics(tickets, { topics: 20, seed: 1 }));

  it('are twenty with five to eight words, as many German as English, in less than 300 kB', () => {
    expect(starter.languages.map(({ words }) => words.length)).toEqual([10, 10]);
    for (const { words } of starter.languages) {
      for (const topic of words) {
        expect(topic.length).toBeGreaterThanOrEqual(5);
        expect(topic.length).toBeLessThanOrEqual(8);
        expect(new Set(topic).size).toBe(topic.length);
      }
    }
    expect(serialiseModel(saveTopics(starter), () => '').length).toBeLessThan(300_000);
  });

  it('hold nearly every ticket', () => {
    const starterReader = new TopicReader(starter);
    const told = tickets.filter((text) => starterReader.read(text).length > 0).length;
    expect(told / tickets.length).toBeGreaterThan(0.9);
  });
});

import { readFileSync } from 'node:fs';
import { eld } from 'eld/small';
import { describe, expect, test } from 'vitest';

/** What the starter tickets promise: texts of their own (no slots filled in), an honest split, both languages alike. */
interface StarterTicket {
  readonly id: string;
  readonly scenario: string;
  readonly language: 'en' | 'de';
  readonly subject: string;
  readonly body: string;
  readonly category: string | null;
  readonly department: string | null;
  /** null: nobody judged it (the questions about the knowledge). */
  readonly urgency: number | null;
  readonly split: 'train' | 'test';
}
interface Taxonomy {
  readonly categories: readonly { readonly name: string; readonly department: string }[];
}

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const raw = read('./tickets.jsonl');
const tickets = raw
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as StarterTicket);
const taxonomy = JSON.parse(read('./taxonomy.json')) as Taxonomy;
const textOf = (ticket: StarterTicket): string => `${ticket.subject}\n${ticket.body}`;
const wordsOf = (ticket: StarterTicket): string[] =>
  textOf(ticket).toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];

function runsOf(words: readonly string[], length: number): Set<string> {
  const runs = new Set<string>();
  for (let start = 0; start + length <= words.length; start++) {
    runs.add(words.slice(start, start + length).join(' '));
  }
  return runs;
}

/** Pairs whose word-3-gram Jaccard is at least `limit`, by an inverted index: cost grows with shared n-grams only. */
function pairsTooAlike(rows: readonly StarterTicket[], limit: number): string[] {
  const holders = new Map<string, number[]>();
  const sizes: number[] = [];
  const alike: string[] = [];
  rows.forEach((row, index) => {
    const words = wordsOf(row);
    const grams = words.length < 3 ? new Set([words.join(' ')]) : runsOf(words, 3);
    sizes.push(grams.size);
    const shared = new Map<number, number>();
    for (const gram of grams) {
      const earlier = holders.get(gram) ?? [];
      for (const other of earlier) shared.set(other, (shared.get(other) ?? 0) + 1);
      holders.set(gram, [...earlier, index]);
    }
    for (const [other, count] of shared) {
      const union = grams.size + (sizes[other] ?? 0) - count;
      if (count / union >= limit) alike.push(`${rows[other]?.id} ~ ${row.id}`);
    }
  });
  return alike;
}

describe('starter tickets', () => {
  test('are at least 1,200, each complete, with ids of their own', () => {
    expect(tickets.length).toBeGreaterThanOrEqual(1200);
    expect(new Set(tickets.map((ticket) => ticket.id)).size).toBe(tickets.length);
    for (const ticket of tickets) {
      expect(Object.keys(ticket)).toEqual([
        'id', 'scenario', 'language', 'subject', 'body', 'category', 'department', 'urgency', 'split',
      ]);
      expect(ticket.id).toMatch(/^st-\d{4}$/);
      expect(['en', 'de']).toContain(ticket.language);
      expect(['train', 'test']).toContain(ticket.split);
      expect(ticket.subject.trim(), ticket.id).not.toBe('');
      expect(ticket.body.trim(), ticket.id).not.toBe('');
      if (ticket.urgency === null) continue;
      expect(ticket.urgency, ticket.id).toBeGreaterThanOrEqual(0);
      expect(ticket.urgency, ticket.id).toBeLessThanOrEqual(1);
    }
  });

  test('no two are alike: word-3-gram Jaccard below 0.3 for every pair', () => {
    const twice = { ...tickets[0], id: 'copy' } as StarterTicket;
    expect(pairsTooAlike([tickets[0] as StarterTicket, twice], 0.3)).toHaveLength(1);
    expect(pairsTooAlike(tickets, 0.3)).toEqual([]);
  });

  test('no phrase of six words stands in more than three texts', () => {
    const counts = new Map<string, number>();
    for (const ticket of tickets) {
      for (const phrase of runsOf(wordsOf(ticket), 6)) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count > 3)).toEqual([]);
  });

  test('at least 40 % are German and 40 % English by detection, and the field agrees with it', () => {
    const detected = tickets.map((ticket) => eld.detect(textOf(ticket)).language);
    expect(detected.filter((code) => code === 'de').length / tickets.length).toBeGreaterThanOrEqual(0.4);
    expect(detected.filter((code) => code === 'en').length / tickets.length).toBeGreaterThanOrEqual(0.4);
    const agreeing = tickets.filter((ticket, index) => detected[index] === ticket.language);
    expect(agreeing.length / tickets.length).toBeGreaterThanOrEqual(0.98);
  });

  test('no scenario stands on both sides of the split; about a fifth is held out', () => {
    const side = new Map<string, string>();
    for (const ticket of tickets) {
      const known = side.get(ticket.scenario);
      if (known !== undefined) expect(ticket.split, ticket.scenario).toBe(known);
      side.set(ticket.scenario, ticket.split);
    }
    const share = tickets.filter((ticket) => ticket.split === 'test').length / tickets.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.25);
  });

  test('every category, and out of scope, is there in both languages on both sides of the split', () => {
    for (const category of [...taxonomy.categories.map((entry) => entry.name), null]) {
      for (const language of ['en', 'de']) {
        const rows = tickets.filter((row) => row.category === category && row.language === language);
        const heldOut = rows.filter((row) => row.split === 'test').length;
        expect(heldOut, `${category} ${language} test`).toBeGreaterThanOrEqual(10);
        expect(rows.length - heldOut, `${category} ${language} train`).toBeGreaterThanOrEqual(50);
      }
    }
  });

  test('departments follow the taxonomy', () => {
    const departments = new Map(taxonomy.categories.map((entry) => [entry.name, entry.department]));
    for (const ticket of tickets) {
      const expected = ticket.category === null ? null : departments.get(ticket.category);
      expect(ticket.department, ticket.id).toBe(expected);
    }
  });

  test('urgency uses its whole range in both languages', () => {
    for (const language of ['en', 'de']) {
      const values = tickets.filter((row) => row.language === language).flatMap((row) => row.urgency ?? []);
      expect(values.length).toBeGreaterThan(1_000);
      expect(values.filter((value) => value <= 0.15).length).toBeGreaterThanOrEqual(100);
      expect(values.filter((value) => value > 0.5 && value <= 0.8).length).toBeGreaterThanOrEqual(80);
      expect(values.filter((value) => value > 0.8).length).toBeGreaterThanOrEqual(30);
    }
  });

  test('are valid Unicode in composed form, without control characters', () => {
    expect(raw.isWellFormed()).toBe(true);
    for (const ticket of tickets) {
      const text = textOf(ticket);
      expect(text.isWellFormed(), ticket.id).toBe(true);
      expect(text.normalize('NFC'), ticket.id).toBe(text);
      expect(/[\p{Cc}\uFFFD]/u.test(text.replace(/[\n\t]/g, '')), ticket.id).toBe(false);
    }
  });

  test('hold no real-looking addresses: mail and web only under example names', () => {
    const mail = /[\p{L}\p{N}._+-]+@([\p{L}\p{N}.-]*[\p{L}\p{N}])/gu;
    const web = /(?:https?|hxxps?):\/\/([^\s/"')>]+)/gu;
    const reserved = /(?:^|\.)example(?:\.(?:com|org|net))?$/;
    for (const ticket of tickets) {
      for (const match of textOf(ticket).matchAll(mail)) expect(match[1], ticket.id).toMatch(reserved);
      for (const match of textOf(ticket).matchAll(web)) expect(match[1], ticket.id).toMatch(reserved);
      expect(textOf(ticket), ticket.id).not.toMatch(/\b[A-Z]{2}(?!00)\d{2}(?: ?\d{4}){3,}/);
    }
  });
});

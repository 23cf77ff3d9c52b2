import { describe, expect, it } from 'vitest';
import { createDuplicateReader } from '../duplicates/index.ts';
import { findSignals } from '../signals.ts';
import { mayWait, namesProblem, reportsProblem } from './may-wait.ts';

const reader = createDuplicateReader({ embedder: null });

async function isProblem(body: string, language: 'en' | 'de'): Promise<boolean> {
  const [fingerprint] = await reader.read([{ subject: '', body, language }]);
  return reportsProblem({ signals: findSignals(body), urgencyScore: 0.2 }, { body, fingerprint: fingerprint! });
}

describe('whether a message says that something is wrong', () => {
  it.each([
    ['The export is empty since yesterday.', 'en'],
    ['Der Export ist seit gestern leer.', 'de'],
    ['The login does not work.', 'en'],
    ['Der Login funktioniert nicht.', 'de'],
    ['We cannot reach the production server.', 'en'],
    ['Der Produktionsserver ist nicht erreichbar.', 'de'],
  ] as const)('%s', async (text, language) => {
    expect(await isProblem(text, language)).toBe(true);
  });

  it.each([
    ['Where do I find my invoices?', 'en'],
    ['Wo finde ich meine Rechnungen?', 'de'],
    ['How long does a refund take?', 'en'],
    ['Wie lange dauert eine Erstattung?', 'de'],
    ['Please change the address on our invoices.', 'en'],
    ['Bitte ändern Sie die Adresse auf unseren Rechnungen.', 'de'],
  ] as const)('not: %s', async (text, language) => {
    expect(await isProblem(text, language)).toBe(false);
  });

  it.each([
    ['Is the server down?', 'en', true],
    ['Haben Sie gerade eine Störung?', 'de', true],
    ['Which colours are there?', 'en', false],
    ['Welche Farben gibt es?', 'de', false],
  ] as const)('names what is wrong, as a question too: %s', async (body, language, named) => {
    const [fingerprint] = await reader.read([{ subject: '', body, language }]);
    expect(namesProblem({ signals: findSignals(body), urgencyScore: 0.2 }, fingerprint!)).toBe(named);
  });

  it('is so for whatever is urgent', () => {
    expect(
      reportsProblem({ signals: findSignals('x'), urgencyScore: 0.51 }, { body: 'When?', fingerprint: null }),
    ).toBe(true);
  });
});

it('lets nobody wait who has a date or is in danger', () => {
  expect(mayWait([])).toBe(true);
  expect(mayWait(['danger'])).toBe(false);
  expect(mayWait(['deletion', 'legal-step'])).toBe(false);
});

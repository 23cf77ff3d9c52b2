import { describe, expect, it } from 'vitest';
import { chunkDocument } from '../documents/chunk-document.ts';
import { draftArticle, openPlaceholder } from './draft-article.ts';

const german = {
  label: 'Liefern Sie nach Norwegen?',
  questions: ['Liefern Sie nach Norwegen?', 'Ich bin Ana Petrova, liefert ihr nach Norwegen? --> | x'],
  replies: [
    'Guten Tag Frau Petrova,\n\nvielen Dank für Ihre Nachricht.\n\nWir liefern nach Norwegen. Wählen Sie an der Kasse das Land aus. Die Lieferung dauert 9 Tage.\n\nMit freundlichen Grüßen\nJörg Weiß',
    'Hallo,\n\nwir liefern nach Norwegen, wählen Sie an der Kasse das Land aus. Der Zoll kommt hinzu und wird an der Tür bezahlt.\n\nViele Grüße\nJörg Weiß',
  ],
  language: 'de',
  category: 'Shipping',
  known: ['Ana Petrova', 'ana@example.com', 'Jörg Weiß'],
} as const;

describe('draftArticle', () => {
  it('is made of what people replied, without courtesies and names', () => {
    const { title, text } = draftArticle(german);
    expect(title).toBe('Liefern Sie nach Norwegen?');
    expect(text).toMatch(
      /^---\ntitle: "Liefern Sie nach Norwegen\?"\nlanguage: de\ncategory: "Shipping"\n---\n\n# Liefern/,
    );
    expect(text).toContain('Kasse das Land aus');
    expect(text).toContain('9 Tage');
    expect(text).toContain('Zoll');
    expect(text.match(/Kasse/g)).toHaveLength(1);
    for (const gone of ['Petrova', 'Weiß', 'Guten Tag', 'Grüße', 'Grüßen', 'Dank']) expect(text).not.toContain(gone);
    expect(draftArticle(german)).toEqual({ title, text });
  });

  it('is a document whose questions are searched and not shown', () => {
    const { text } = draftArticle(german);
    const body = text.replace(/^---[\s\S]*?---\n/, '');
    const chunks = chunkDocument({ title: german.label, text: body, contentType: 'text/markdown' });
    expect(chunks[0]!.asked).toContain('Liefern Sie nach Norwegen?');
    expect(chunks.map((c) => c.text).join('\n')).not.toContain('asked');
    expect(chunks.flatMap((c) => c.asked).join('\n')).not.toMatch(/Petrova|-->/);
  });

  it('leaves a placeholder where something personal belonged to a sentence', () => {
    const { text } = draftArticle({
      ...german,
      language: 'en',
      label: 'Where do I write to?',
      questions: ['Where do I write to?'],
      replies: ['Hi Tom,\nwrite to tom.smith@example.org and we will have a look.\nBest regards\nAda'],
      known: ['Tom Smith', 'Ada'],
    });
    expect(text).not.toMatch(/tom|smith|Ada/i);
    expect(openPlaceholder(text)).toBe('[EMAIL]');
    expect(openPlaceholder('nothing [here]')).toBeNull();
  });
});

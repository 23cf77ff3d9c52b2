import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkDocument, headingSeparator } from './chunk-document.ts';

const markdown = (text: string, title = 'Billing') => chunkDocument({ title, text, contentType: 'text/markdown' });
const count = (text: string) => text.split(/\s+/).filter((w) => w !== '').length;
const sentence = (n: number) => `Sentence number ${n} has exactly eight words here.`;

describe('chunkDocument', () => {
  it('makes one chunk a heading and keeps the path of headings', () => {
    const chunks = markdown('# Billing\n\n## Refunds\n\nFirst.\n\n### Refund periods\n\nSecond.\n\n## Cards\n\nThird.');
    expect(chunks.map((c) => [c.position, c.heading, c.text])).toEqual([
      [0, 'Billing › Refunds', 'First.'],
      [1, 'Billing › Refunds › Refund periods', 'Second.'],
      [2, 'Billing › Cards', 'Third.'],
    ]);
  });

  it('keeps a first heading that is not the title, text before any heading and a heading without text', () => {
    const chunks = markdown('Before.\n\n# Payment\n\n## Empty\n\n## Cards\n\nText.\n\n# Last');
    expect(chunks.map((c) => `${c.heading}: ${c.text}`)).toEqual([
      'Billing: Before.',
      'Billing › Payment › Empty: Empty',
      'Billing › Payment › Cards: Text.',
      'Billing › Last: Last',
    ]);
  });

  it('reads underlined headings and takes no "#" within code for a heading', () => {
    const chunks = markdown('Fees\n----\n\n```\n# not a heading\n```');
    expect(chunks).toEqual([
      { position: 0, heading: 'Billing › Fees', text: '```\n# not a heading\n```', asked: [], page: null },
    ]);
  });

  it('reads the questions that an author noted, and shows them nowhere', () => {
    const [refunds, cards] = markdown(
      '## Refunds\n\n<!-- asked: Money back? | Geld zurück -->\n\nFive days.\n<!-- asked:\nHow long?\n-->\n\n## Cards\n\nVisa.\n\n<!-- a remark -->',
    );
    expect(refunds).toMatchObject({ text: 'Five days.', asked: ['Money back?', 'Geld zurück', 'How long?'] });
    expect(cards).toMatchObject({ text: 'Visa.\n\n<!-- a remark -->', asked: [] });
    const plain = { title: 'T', text: '<!-- asked: Money back? -->', contentType: 'text/plain' };
    expect(chunkDocument(plain)[0]).toMatchObject({ text: '<!-- asked: Money back? -->', asked: [] });
  });

  it('divides a long section at paragraphs, at most 250 words each and none tiny', () => {
    const paragraph = Array.from({ length: 10 }, (_, i) => sentence(i)).join(' ');
    const chunks = markdown(`## Long\n\n${Array.from({ length: 7 }, () => paragraph).join('\n\n')}\n\nShort end.`);
    expect(chunks.length).toBe(3);
    for (const chunk of chunks) {
      expect(chunk.heading).toBe('Billing › Long');
      expect(count(chunk.text)).toBeLessThanOrEqual(250);
      expect(count(chunk.text)).toBeGreaterThanOrEqual(60);
    }
    expect(chunks.at(-1)!.text.endsWith('Short end.')).toBe(true);
  });

  it('divides one long paragraph at its sentences', () => {
    const text = Array.from({ length: 60 }, (_, i) => sentence(i)).join(' ');
    for (const chunk of markdown(text)) {
      expect(count(chunk.text)).toBeLessThanOrEqual(250);
      expect(chunk.text).toMatch(/^Sentence .*here\.$/);
    }
  });

  it('keeps a list with the line that leads to it, and repeats the head of a table that is too long', () => {
    const list = Array.from({ length: 8 }, (_, i) => `${i + 1}. Step ${sentence(i)}`).join('\n');
    const filler = Array.from({ length: 22 }, (_, i) => sentence(i)).join(' ');
    const steps = markdown(`## S\n\n${filler}\n\nDo the following:\n\n${list}`).map((c) => c.text);
    expect(steps.at(-1)).toBe(`Do the following:\n\n${list}`);
    const rows = Array.from({ length: 60 }, (_, i) => `| Code ${i} | ${sentence(i)} |`);
    const table = markdown(`## T\n\n| Code | Meaning |\n|---|---|\n${rows.join('\n')}`);
    expect(table.length).toBeGreaterThan(1);
    for (const chunk of table) expect(chunk.text.startsWith('| Code | Meaning |\n|---|---|\n| Code ')).toBe(true);
    for (const row of rows) expect(table.some((c) => c.text.includes(row))).toBe(true);
  });

  it('cuts even a text without any full stop', () => {
    const chunks = markdown('word '.repeat(2_000));
    for (const chunk of chunks) expect(count(chunk.text)).toBeLessThanOrEqual(300);
    expect(chunks.reduce((sum, c) => sum + count(c.text), 0)).toBe(2_000);
  });

  it('tells the page on which each chunk begins', () => {
    const text = '# A\n\nOne.\n\n## B\n\nTwo goes on\n\n## C\n\nThree.\n';
    const pages = [
      { page: 1, offset: 0 },
      { page: 3, offset: text.indexOf('goes on') },
    ];
    const chunks = chunkDocument({ title: 'A', text, contentType: 'application/pdf', pages });
    expect(chunks.map((c) => [c.text, c.page])).toEqual([
      ['One.', 1],
      ['Two goes on', 1],
      ['Three.', 3],
    ]);
  });

  it('loses no line and leaves no gap in the positions, for any Markdown', () => {
    const line = fc.oneof(
      { weight: 4, arbitrary: fc.lorem({ maxCount: 30 }) },
      fc.constantFrom(
        '# One',
        '## Two',
        '### Three',
        '## Two ##',
        '',
        '',
        '- item',
        '  continued',
        '1. step',
        '| a | b |',
        '|---|---|',
        '```',
        '---',
        '===',
        '#',
        'z. B. so.',
      ),
      fc.string({ unit: 'grapheme', maxLength: 40 }).map((s) => s.replace(/[\r\n]/g, ' ')),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 60 }),
        fc.constantFrom('text/markdown', 'text/plain'),
        (lines, contentType) => {
          const chunks = chunkDocument({ title: 'Title', text: lines.join('\n'), contentType });
          expect(chunks.map((c) => c.position)).toEqual(chunks.map((_, i) => i));
          const plain = (text: string) => text.replace(/[\s#]+/g, '');
          const kept = plain(chunks.map((c) => `${c.heading.split(headingSeparator).join('')}${c.text}`).join(''));
          for (const written of lines) {
            // The mark below an underlined heading is no text.
            if (/^\s*(?:=+|-{2,})\s*$/.test(written)) continue;
            expect(kept).toContain(plain(written));
          }
          for (const chunk of chunks) expect(chunk.text.trim()).not.toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['# Refunds ##', 'Refunds'],
    ['#\tRefunds\t#\t', 'Refunds'],
    ['# C#', 'C#'],
    ['# ##', '##'],
    ['# a # b', 'a # b'],
  ])('%j heads %s', (line, heading) => {
    expect(markdown(`${line}\n\nText.`)[0]?.heading).toBe(`Billing › ${heading}`);
  });

  it('takes linear time for a line full of blanks or marks', () => {
    const many = (unit: string) => unit.repeat(200_000);
    for (const line of [`${many(' ')}x`, `# a${many('\t')}#x`, `# ${many('#')}x`, `# a${many(' #')} x`])
      expect(markdown(line)).not.toEqual([]);
  }, 5_000);
});

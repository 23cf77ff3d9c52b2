import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Passage } from '../ticket/index.ts';
import { loadTemplates } from './templates/load-templates.ts';

/** For tests: sections of a starter document as the search would hand them over, and the starter's templates. */
const starter = join(import.meta.dirname, '../../starter');

export function starterPassages(name: string, language: 'en' | 'de', headings?: RegExp): Passage[] {
  const text = readFileSync(join(starter, `knowledge/${name}.${language}.md`), 'utf8');
  const title = /^title: (.+)$/m.exec(text)![1]!;
  return text
    .replace(/<!-- asked:.*?-->\n*/gs, '')
    .split(/\n##+ /)
    .slice(1)
    .map((section, position) => {
      const [heading, ...lines] = section.split('\n');
      return {
        chunkId: `${name}-${language}-${position}`,
        documentId: name,
        document: title,
        heading: `${title} › ${heading}`,
        text: lines.join('\n').trim(),
        position,
        language,
        category: null,
        // What the search gives the section of a plain question.
        score: 0.99,
      };
    })
    .filter(({ heading }) => headings === undefined || headings.test(heading.split(' › ').at(-1)!));
}

export const starterCategories: readonly string[] = JSON.parse(
  readFileSync(join(starter, 'taxonomy.json'), 'utf8'),
).categories.map((category: { name: string }) => category.name);

export const starterTemplates = loadTemplates(join(starter, 'templates'), starterCategories);

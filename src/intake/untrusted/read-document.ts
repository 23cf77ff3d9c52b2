import type { Language } from '../../ticket/index.ts';
import { readHtml } from './hidden-html.ts';
import { readHiddenText } from './hidden-text.ts';
import { findDoubtful, findForeign } from './mark-foreign.ts';
import { cutOut, type Part } from './set-aside.ts';

export interface ReadDocument {
  readonly text: string;
  readonly setAside: readonly Part[];
}

/**
 * A document of the company, or a part of one, without orders to the machine, comments and hidden text. Tasks for
 * any assistant that have nothing to do with the rest count as orders here. The very same text when nothing was set aside; linear in the
 * length, about 15 µs a sentence.
 */
export function readDocumentText(text: string, heading = ''): ReadDocument {
  const hidden = readHiddenText(text);
  const html = text.includes('<!--') ? readHtml(hidden.text) : { text: hidden.text, parts: [] };
  const orders = findForeign(html.text, heading, 'document');
  const left = cutOut(html.text, orders, ' ');
  return { text: left.text, setAside: [...hidden.parts, ...html.parts, ...left.parts] };
}

/** What of a passage may be quoted word for word; the very same text as a rule. About 15 µs a sentence. */
export const quotableText = (text: string, heading: string, language: Language): string =>
  cutOut(text, findDoubtful(text, heading, language), ' ').text;

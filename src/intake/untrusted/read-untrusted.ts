import { setEncodedAside } from './encoded-text.ts';
import { readHtml } from './hidden-html.ts';
import { readHiddenText } from './hidden-text.ts';
import { findForeign } from './mark-foreign.ts';
import { splitQuotedMail } from './quoted-mail.ts';
import { cutOut, type Left, type Part, type SetAside } from './set-aside.ts';

export interface UntrustedText {
  readonly subject: string;
  readonly body: string;
  /** Texts of attachments. */
  readonly attachments?: readonly string[];
}

/** What the machine reads: for sorting, searching and drafting. The stored ticket is never changed. */
export interface ReadText {
  readonly subject: string;
  readonly body: string;
  readonly attachments: readonly string[];
  readonly setAside: readonly SetAside[];
  /** Of these the texts that want something of the machine, or that nobody can see. */
  readonly orders: readonly string[];
  /** False when everything in the body was set aside: there is nothing left to answer, a person looks at it. */
  readonly hasOwnWords: boolean;
}

/**
 * Tells what of an incoming text is the customer's own and can be seen by a reader. Invisible characters, comments
 * and hidden elements of HTML, quoted mails, encoded texts, orders to the machine and tasks that have nothing to do
 * with the rest are set aside, each with its kind. A text without any of these comes back as it is. Pure and
 * deterministic; linear in the length, about 0.1 ms for a message of 100 words.
 */
export function readUntrusted({ subject, body, attachments = [] }: UntrustedText): ReadText {
  const readSubject = readPart(subject, '');
  const readBody = readPart(body, readSubject.text);
  const files = attachments.map((text) => readPart(text, `${readSubject.text}\n${readBody.text}`));
  const from = (where: SetAside['where'], parts: readonly Part[]) => parts.map((part) => ({ ...part, where }));
  const setAside = [
    ...from('subject', readSubject.parts),
    ...from('body', readBody.parts),
    ...files.flatMap(({ parts }) => from('attachment', parts)),
  ];
  return {
    subject: readSubject.text,
    body: readBody.text,
    attachments: files.map(({ text }) => text),
    setAside,
    orders: setAside.filter(({ kind }) => !harmlessKinds.has(kind)).map(({ text }) => text),
    hasOwnWords: /[\p{L}\p{N}]/u.test(readBody.text) || !/[\p{L}\p{N}]/u.test(body),
  };
}

/** What is left out for being beside the point, and tells nothing about its writer. */
const harmlessKinds: ReadonlySet<string> = new Set(['quoted-mail', 'unrelated']);

function readPart(text: string, context: string): Left {
  const parts: Part[] = [];
  let rest = text;
  for (const step of [readHiddenText, readHtml, splitQuotedMail, setEncodedAside]) {
    const left = step(rest);
    parts.push(...left.parts);
    rest = left.text;
  }
  const left = cutOut(rest, findForeign(rest, context));
  return { text: left.text, parts: [...parts, ...left.parts] };
}

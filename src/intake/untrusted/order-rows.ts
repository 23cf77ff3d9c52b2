import { splitSentences } from '../../ml/index.ts';

/** What a sentence is: said to the company, an order to the machine, or a task for any assistant. */
export const sentenceKinds = ['harmless', 'order', 'task'] as const;
export type SentenceKind = (typeof sentenceKinds)[number];

/**
 * A sentence as the detector sees it: where it begins and how it ends tell an order from a question, and n-grams of
 * words know neither.
 */
export function framed(sentence: string): string {
  const text = sentence.trim();
  const end = /[?]["'”“»)]*$/u.test(text) ? 'xxasks' : /:$/.test(text) ? 'xxopens' : 'xxends';
  return `xxbegin ${text} ${end}`;
}

export interface OrderRow {
  readonly text: string;
  readonly kind: SentenceKind;
}

export interface OrderSources {
  /** Lines of starter/orders.jsonl: sentences of our own, with their kind. */
  readonly orders: string;
  /** Lines of starter/tickets.jsonl; those of the part `train` that have a category are sentences of customers. */
  readonly tickets: string;
  /** Documents in Markdown: they hold many imperatives, all of them for readers. */
  readonly documents: readonly string[];
}

interface TicketLine {
  readonly subject: string;
  readonly body: string;
  readonly category: string | null;
  readonly split: string;
}

const lines = (jsonl: string): string[] => jsonl.split('\n').filter((line) => line.trim() !== '');

/** The rows that the detector learns from, in the order of the sources. */
export function readOrderRows({ orders, tickets, documents }: OrderSources): OrderRow[] {
  const rows: OrderRow[] = lines(orders).map((line) => JSON.parse(line) as OrderRow);
  const harmless = (text: string) => rows.push({ text, kind: 'harmless' });
  for (const line of lines(tickets)) {
    const { subject, body, category, split } = JSON.parse(line) as TicketLine;
    if (category === null || split !== 'train') continue;
    for (const text of [subject, ...splitSentences(body).map((sentence) => sentence.text)]) harmless(text);
  }
  for (const document of documents)
    for (const { text } of splitSentences(document)) if (text.length > 20) harmless(text);
  return rows;
}

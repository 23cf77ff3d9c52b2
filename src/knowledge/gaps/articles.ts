import { appendToLedger, type Trx } from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import { type ReadableDocument, readDocument } from '../documents/read-document.ts';
import {
  type Article,
  findArticle,
  insertArticle,
  lockArticle,
  notePublished,
  readUnpublished,
  writeArticleDecision,
} from '../stores/articles.ts';
import { findGap, type Gap, moveGap, readSources } from '../stores/gaps.ts';
import { draftArticle, openPlaceholder } from './draft-article.ts';
import { checkCovered, type GapParts } from './find-gaps.ts';

/** Replies that an article is made from; of more the newest are taken. */
const mostReplies = 20;

const note = (trx: Trx, { at, actor, action, gapId, data }: Note) =>
  appendToLedger(trx, [{ at, actor, action, subjectType: 'gap', subjectId: gapId, ...(data && { data }) }]);

interface Note {
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly gapId: string;
  readonly data?: Record<string, unknown>;
}

/** Nobody is to write about this. @throws `not-found`, `invalid-state` when it is dismissed or covered. */
export async function dismissGap({ database, clock }: GapParts, id: string, actor: string): Promise<Gap> {
  const at = clock.now();
  await database.transaction(async (trx) => {
    const gap = await requireGap(trx, id);
    const moved = await moveGap(trx, id, { from: ['open', 'drafted'], to: 'dismissed', dismissedBy: actor, now: at });
    if (!moved) throw new SignalboxError('invalid-state', `This gap is ${gap.status}; only open ones are dismissed.`);
    await note(trx, { at, actor, action: 'gap-dismissed', gapId: id });
  });
  return requireGap(database.db, id);
}

/**
 * Drafts an article from the replies with which people resolved the tickets of a gap.
 * @throws `not-found`; `invalid-state` when the gap is not open, or nobody has resolved one of its tickets with a reply.
 */
export async function draftGapArticle(
  { database, clock, newId }: GapParts,
  gapId: string,
  actor: string,
): Promise<Article> {
  const gap = await requireGap(database.db, gapId);
  const { questions, replies, known } = await readSources(database.db, gapId, mostReplies);
  if (replies.length === 0)
    throw new SignalboxError(
      'invalid-state',
      'Nobody has resolved a ticket of this gap with a reply yet: there is nothing to draft from.',
    );
  const { label, language, category } = gap;
  const made = draftArticle({ label, questions, replies: replies.map((r) => r.text), language, category, known });
  const id = newId();
  const at = clock.now();
  await database.transaction(async (trx) => {
    if (!(await moveGap(trx, gapId, { from: ['open'], to: 'drafted', now: at }))) throw await notOpen(trx, gapId);
    const tickets = replies.map((r) => r.ticketId);
    const proposed = { proposedBy: actor, proposedAt: at };
    await insertArticle(trx, { id, gapId, ...made, language, category, tickets, ...proposed });
    await note(trx, { at, actor, action: 'article-drafted', gapId, data: { article_id: id, tickets: tickets.length } });
  });
  return (await findArticle(database.db, id))!;
}

async function notOpen(trx: Trx, gapId: string): Promise<SignalboxError> {
  const { status } = await requireGap(trx, gapId);
  return new SignalboxError(
    'invalid-state',
    status === 'drafted'
      ? 'There is a draft for this gap already. GET /knowledge/articles?status=draft lists it.'
      : `This gap is ${status}; only open ones are written about.`,
  );
}

async function requireGap(db: Parameters<typeof findGap>[0], id: string): Promise<Gap> {
  const gap = await findGap(db, id);
  if (gap === null) throw new SignalboxError('not-found', `There is no gap ${id}.`);
  return gap;
}

export interface ArticleDecision {
  readonly action: 'approve' | 'reject';
  /** The text as it is to be; absent: as it was drafted. */
  readonly text?: string | undefined;
  readonly actor: string;
}

/**
 * Approved, the article becomes the document `article:<id>` of the knowledge; rejected, its gap is open again.
 * @throws `not-found`, `already-done`; `invalid-fields` when the text cannot be read as a document, or holds the
 *   placeholder of something personal.
 */
export async function decideArticle(parts: GapParts, id: string, decision: ArticleDecision): Promise<Article> {
  const { database, clock } = parts;
  const { action, actor } = decision;
  const now = clock.now();
  const before = await requireArticle(database.db, id);
  const text = decision.text ?? before.text;
  const title = action === 'approve' ? (await readArticle(text)).title : before.title;
  await database.transaction(async (trx) => {
    const { status, decidedBy, gapId } = (await lockArticle(trx, id)) ?? before;
    if (status !== 'draft')
      throw new SignalboxError('already-done', `${decidedBy} decided this article before: it is ${status}.`);
    const decided = action === 'approve' ? 'approved' : 'rejected';
    await writeArticleDecision(trx, id, { status: decided, text, title, by: actor, now });
    if (action === 'reject') await moveGap(trx, gapId, { from: ['drafted'], to: 'open', now });
    await note(trx, { at: now, actor, action: `article-${decided}`, gapId, data: { article_id: id } });
  });
  if (action === 'approve') await publishApproved(parts);
  return requireArticle(database.db, id);
}

async function requireArticle(db: Parameters<typeof findArticle>[0], id: string): Promise<Article> {
  const article = await findArticle(db, id);
  if (article === null) throw new SignalboxError('not-found', `There is no article ${id}.`);
  return article;
}

async function readArticle(text: string): Promise<ReadableDocument> {
  const refuse = (message: string) =>
    new SignalboxError('invalid-fields', `The article cannot be approved: ${message}`, {
      fields: [{ path: 'text', message }],
    });
  const open = openPlaceholder(text);
  if (open !== null)
    throw refuse(`${open} stands for something personal that was taken out. Rewrite or remove the sentence.`);
  const { document, problem } = await readDocument('article.md', 'text/markdown', new TextEncoder().encode(text));
  if (document === null) throw refuse(problem);
  return document;
}

/**
 * Puts approved articles into the knowledge; also those of a process that ended between the decision and this. Safe to
 * repeat: a document that stands there already is found by its source.
 */
export async function publishApproved(parts: GapParts): Promise<void> {
  const { database, knowledge } = parts;
  const waiting = await readUnpublished(database.db);
  for (const { id, title, text, decidedBy } of waiting) {
    const documentId = await knowledge.addArticle({ id, title, text }, decidedBy ?? 'system');
    await notePublished(database.db, id, documentId);
  }
  if (waiting.length > 0) await checkCovered(parts);
}

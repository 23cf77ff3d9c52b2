import { resolveMembers } from './incident-members.ts';
import { detectLanguage, tellCustomers } from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import { type Language, SignalboxError } from './ticket/index.ts';
import {
  findReply,
  insertEvents,
  insertReply,
  lockMembersToTell,
  lockReplies,
  type MemberToTell,
  noteTold,
  type ReplyResult,
  readIncident,
} from './triage/index.ts';

export interface IncidentReply {
  readonly text: string;
  /** Of `text`; without it that is detected. */
  readonly language?: 'en' | 'de' | undefined;
  readonly translations: { readonly en?: string | undefined; readonly de?: string | undefined };
  /** Whoever writes another language gets the text as it is. */
  readonly sameForAll: boolean;
  /** Resolves the tickets that are told. */
  readonly resolve: boolean;
  /** Only those that the incident told nothing yet. */
  readonly untold: boolean;
  /** Unique name under an Idempotency-Key. */
  readonly effect?: string | undefined;
  readonly actor: string;
}

type Texts = Readonly<Partial<Record<'en' | 'de', string>>> & { readonly any: string };

/**
 * Tells all members of an open incident the same, each in its language, in some ten statements whatever their number.
 * Members that a person has answered meanwhile, or that are done with, are passed over and counted.
 * @throws `not-found`, `invalid-state` when it is resolved, `invalid-fields` when a language is missing
 */
export async function replyToMembers(parts: PipelineParts, id: string, reply: IncidentReply): Promise<ReplyResult> {
  const texts = textsOf(reply);
  return parts.database.transaction(async (trx) => {
    await lockReplies(trx, id);
    const before = reply.effect === undefined ? null : await findReply(trx, reply.effect);
    if (before !== null) return before;
    const { status } = await readIncident(trx, id);
    if (status !== 'open')
      throw new SignalboxError('invalid-state', `The incident ${id} is resolved. Reopen it first, then reply.`);
    const members = await lockMembersToTell(trx, { incidentId: id, untold: reply.untold });
    const closed = members.filter(({ status }) => status === 'resolved' || status === 'closed');
    const answered = members.filter((m) => m.answered && !closed.includes(m));
    const left = new Set([...closed, ...answered]);
    const told = members.filter((m) => !left.has(m));
    if (!reply.sameForAll) requireLanguages(told, texts);
    const skipped = { answered: answered.length, closed: closed.length };
    return send(trx, parts, { id, reply, texts, told, skipped });
  });
}

interface Sending {
  readonly id: string;
  readonly reply: IncidentReply;
  readonly texts: Texts;
  readonly told: readonly MemberToTell[];
  readonly skipped: ReplyResult['skipped'];
}

async function send(trx: Trx, parts: PipelineParts, sending: Sending): Promise<ReplyResult> {
  const { id, reply, texts, told, skipped } = sending;
  const { actor } = reply;
  const now = parts.clock.now();
  const ids = told.map((m) => m.ticketId);
  await tellCustomers(
    trx,
    told.map((m) => ({ id: parts.newId(), ticketId: m.ticketId, text: textFor(m.language, texts) })),
    { actor, now },
  );
  await noteTold(trx, ids, now);
  await appendToLedger(
    trx,
    ids.map((ticketId) => ({
      at: now,
      actor,
      action: 'reply-sent',
      subjectType: 'ticket',
      subjectId: ticketId,
      data: { incident_id: id },
    })),
  );
  const resolved = reply.resolve ? await resolveMembers(trx, ids, { incidentId: id, by: actor, now }) : 0;
  const languages = { en: count(told, 'en'), de: count(told, 'de'), other: count(told, 'other') };
  const result = { told: told.length, resolved, skipped, languages };
  const { any: _, ...byLanguage } = texts;
  await insertReply(trx, {
    id: parts.newId(),
    incidentId: id,
    effect: reply.effect ?? null,
    texts: byLanguage,
    result,
    actor,
    now,
  });
  await insertEvents(trx, [
    { incidentId: id, at: now, actor, kind: 'replied', data: { ...result, texts: byLanguage } },
  ]);
  return result;
}

const count = (members: readonly MemberToTell[], language: Language) =>
  members.filter((m) => m.language === language).length;

/** Whoever writes neither language gets English where there is some. */
const textFor = (language: Language, texts: Texts) => (language === 'other' ? texts.en : texts[language]) ?? texts.any;

/** Below it the language of a text is a guess. */
const trustedLanguage = 0.6;

function textsOf({ text, language, translations }: IncidentReply): Texts {
  const found = language ?? detected(text);
  const given = { ...(translations.en && { en: translations.en }), ...(translations.de && { de: translations.de }) };
  return { ...given, ...(found === null ? {} : { [found]: text }), any: text };
}

function detected(text: string): 'en' | 'de' | null {
  const { language, confidence } = detectLanguage(text);
  return language === 'other' || confidence < trustedLanguage ? null : language;
}

const names = { en: 'English', de: 'German' } as const;

function requireLanguages(told: readonly MemberToTell[], texts: Texts): void {
  const missing = (['en', 'de'] as const)
    .map((language) => ({ language, members: count(told, language) }))
    .filter(({ language, members }) => members > 0 && texts[language] === undefined);
  if (missing.length === 0) return;
  const who = missing.map(({ language, members }) => `${members} in ${names[language]}`).join(' and ');
  const fields = missing.map(({ language, members }) => ({
    path: `translations.${language}`,
    message: `${members} ${members === 1 ? 'member writes' : 'members write'} ${names[language]}`,
  }));
  throw new SignalboxError(
    'invalid-fields',
    `Nothing was sent: the text is missing for members who write another language (${who}). Give translations, say the language of the text with language, or send the same text to all with same_for_all.`,
    { fields },
  );
}

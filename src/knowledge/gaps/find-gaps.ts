import type { Clock, Database, NewId } from '../../platform/index.ts';
import {
  type AskedBefore,
  lockGrouping,
  noteChecked,
  placeQuestion,
  readGroups,
  readNewestQuestions,
  readUnchecked,
  readUngrouped,
  renewGap,
  type StoredQuestion,
} from '../stores/gaps.ts';
import type { Knowledge } from '../types.ts';
import { mostCentral, placeQuestions } from './group-questions.ts';

export interface GapParts {
  readonly database: Pick<Database, 'db' | 'transaction'>;
  readonly knowledge: Pick<Knowledge, 'search' | 'version' | 'addArticle'>;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** Questions grouped in one transaction, and what they are compared with. */
const limits = { fresh: 100, groups: 1_000, questions: 10, named: 50, checked: 20, looked: 5 } as const;

/** By so much the best passage must be more relevant than when the question was asked: something was written since. */
const betterBy = 0.05;

/**
 * Groups the questions that came since the last time; safe among any number of processes (one does it). 100 questions
 * against 10,000 of 1,000 groups take 0.5 s, in turns of the event loop. @returns how many.
 */
export async function groupNewQuestions(parts: GapParts): Promise<number> {
  for (let grouped = 0; ; ) {
    const done = await groupSome(parts);
    grouped += done;
    if (done < limits.fresh) return grouped;
  }
}

async function groupSome({ database, knowledge, clock, newId }: GapParts): Promise<number> {
  const relevances = await lookUp(knowledge, await readUngrouped(database.db, limits.fresh));
  return database.transaction(async (trx) => {
    if (!(await lockGrouping(trx))) return 0;
    const now = clock.now();
    // Another process may have grouped some of them meanwhile.
    const fresh = (await readUngrouped(trx, limits.fresh)).filter(({ id }) => relevances.has(id));
    const placed = await placeQuestions(fresh, await readGroups(trx, limits), newId);
    for (const { question, group, isNew } of placed) {
      const relevance = relevances.get(question.id) ?? 0;
      await placeQuestion(trx, { questionId: question.id, gapId: group, isNew, relevance, now });
    }
    for (const id of new Set(placed.map((p) => p.group))) {
      const { text } = mostCentral((await readNewestQuestions(trx, id, limits.named)).toReversed());
      await renewGap(trx, id, { label: text, now });
    }
    return fresh.length;
  });
}

async function lookUp(
  knowledge: GapParts['knowledge'],
  questions: readonly StoredQuestion[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { id, text, language } of questions)
    found.set(id, (await knowledge.search(text, { language, limit: 1 })).relevance);
  return found;
}

/**
 * Looks again for what found nothing, once a version of the knowledge: a group is covered when most of its newest five
 * questions now find something better than when they were asked. @returns how many are covered now.
 */
export async function checkCovered({ database, knowledge, clock }: GapParts): Promise<number> {
  const version = await knowledge.version();
  for (let covered = 0; ; ) {
    const ids = await readUnchecked(database.db, version, limits.checked);
    for (const id of ids) {
      const questions = await readNewestQuestions(database.db, id, limits.looked);
      const isCovered = await findMost(knowledge, questions);
      if (isCovered) covered++;
      await noteChecked(database.db, id, { version, covered: isCovered, now: clock.now() });
    }
    if (ids.length < limits.checked) return covered;
  }
}

async function findMost(knowledge: GapParts['knowledge'], questions: readonly AskedBefore[]): Promise<boolean> {
  let better = 0;
  for (const { text, language, relevance } of questions) {
    const now = await knowledge.search(text, { language, limit: 1 });
    if (now.found && now.relevance >= relevance + betterBy) better++;
  }
  return better * 2 > questions.length;
}

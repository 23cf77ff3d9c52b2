import { parseArgs } from 'node:util';
import { modelOptions } from '../embedding/open-model.ts';
import { pairedGain } from './compare.ts';
import { embedAll } from './embed-all.ts';
import { learnEmbedder, openInMemory, textsOf } from './in-memory.ts';
import { mean, ndcgAt, rounded } from './measure.ts';
import type { Embed } from './open-chunks.ts';
import { isRight, questionSets, readFar } from './read-questions.ts';

/**
 * Questions written far from the documents' words, without and with the notes of other writers: by words alone and
 * with the builtin embedder's vectors, and with a model's (`--model FOLDER --package FOLDER --cache FOLDER`). `--locked`
 * measures the half that nothing was chosen on.
 */
const { values } = parseArgs({ options: { ...modelOptions, cache: { type: 'string' }, locked: { type: 'boolean' } } });
const name = values.locked ? 'far-locked' : 'far-questions';
const questions = readFar(name);
const noted = questionSets(['1', '2']).flatMap((set) => set.questions);

function measure(notes: typeof noted, embed: Embed | null) {
  const { explain } = openInMemory(notes, embed);
  const rows = questions.map((question) => {
    const passages = explain(question.question, question.language, 10);
    const hits = passages.map((p) => (isRight(question, p.heading) ? 1 : 0));
    return {
      question,
      ndcg: ndcgAt(10, hits, 1),
      first: hits[0] ?? 0,
      found: (passages[0]?.score ?? 0) >= 0.5 ? 1 : 0,
    };
  });
  return {
    answerable: rows.filter((row) => row.question.kind === 'answerable'),
    others: rows.filter((row) => row.question.kind === 'unanswerable'),
  };
}

const embedders: Record<string, Embed | null> = { words: null, meaning: learnEmbedder() };
const asked = questions.map((one) => one.question);
const model = await embedAll(values, [...textsOf([]), ...textsOf(noted), ...asked]);
if (model !== null) embedders['model'] = model;
for (const [notes, list] of Object.entries({ none: [], others: noted })) {
  const words = measure(list, null).answerable.map((row) => row.ndcg);
  for (const [by, embed] of Object.entries(embedders)) {
    const { answerable, others } = measure(list, embed);
    const ndcg = answerable.map((row) => row.ndcg);
    const of = (language: string) =>
      rounded(mean(ndcg.filter((_, i) => answerable[i]!.question.language === language)));
    console.log(
      JSON.stringify({
        set: name,
        notes,
        by,
        answerable: answerable.length,
        ndcg10: rounded(mean(ndcg)),
        en: of('en'),
        de: of('de'),
        first: rounded(mean(answerable.map((row) => row.first))),
        overWords: pairedGain(ndcg, words),
        falseEmpty: rounded(mean(answerable.map((row) => 1 - row.found))),
        unanswerable: others.length,
        falseFound: rounded(mean(others.map((row) => row.found))),
      }),
    );
  }
}

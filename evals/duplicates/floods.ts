/**
 * True floods: reports of one problem of our own cases (each as it stands or within a longer mail, each of another
 * customer) spread over five minutes of 290 other tickets, through the memory and the comparison of the server. Share of
 * floods of 10, 20 and 40 reports that open an incident of 10 customers, after how many reports (median), and how many
 * of its members are none of the flood. `node evals/duplicates/floods.ts [--half development|locked] [--show]`
 */
import { fileURLToPath } from 'node:url';
import { createRandom, type Random, shuffled } from '../../src/ml/index.ts';
import { createDuplicateReader, type Fingerprint, type TextToCompare } from '../../src/triage/duplicates/index.ts';
import { LiveMemory } from './live-memory.ts';
import { framed } from './mixture.ts';
import { type Half, type ProblemText, readOwnCases } from './read-texts.ts';
import { publishedTexts, starterTexts } from './ticket-streams.ts';

const windowMs = 300_000;
const others = 290;
const settings = { threshold: 0.9, windowMs, count: 10, quietMs: 1_800_000 };
const reader = createDuplicateReader({ embedder: null });

interface Outcome {
  readonly opened: boolean;
  /** Reports of the flood that had come when the incident was opened, that one included. */
  readonly after: number;
  readonly strangers: number;
}

/** One flood: its reports in random order among the others. Places of reports are negative. */
function flood(reports: readonly Fingerprint[], background: readonly Fingerprint[], random: Random): Outcome {
  const places = [...reports.map((_, i) => -1 - i), ...background.map((_, i) => i)];
  const memory = new LiveMemory(settings);
  const [order, step] = [shuffled(places, random), windowMs / places.length];
  let come = 0;
  for (const [i, place] of order.entries()) {
    if (place < 0) come++;
    const fingerprint = place < 0 ? reports[-1 - place]! : background[place]!;
    const { opened } = memory.receive(place, i * step, fingerprint);
    const own = opened?.members.filter((member) => member < 0).length ?? 0;
    if (own > settings.count / 2) return { opened: true, after: come, strangers: opened!.members.length - own };
  }
  return { opened: false, after: 0, strangers: 0 };
}

export async function measureFloods(half: Half, { perProblem = 4, show = false } = {}): Promise<unknown> {
  const texts = readOwnCases(half).texts;
  const problems = [...new Set(texts.map(({ problem }) => problem))];
  const background = publishedTexts() ?? starterTexts();
  const random = createRandom(11);
  const figures: Record<string, unknown> = { half, problems: problems.length };
  for (const language of ['en', 'de', 'mixed'] as const)
    for (const size of [10, 20, 40]) {
      const outcomes: Outcome[] = [];
      const missed = new Map<string, number>();
      for (const problem of problems) {
        const choices = texts.filter((t) => t.problem === problem && (language === 'mixed' || t.language === language));
        for (let n = 0; n < perProblem; n++) {
          const read = await reader.read([
            ...Array.from({ length: size }, () => report(choices, random)),
            ...Array.from({ length: others }, () => background[random.integer(background.length)]!),
          ]);
          const outcome = flood(read.slice(0, size), read.slice(size), random);
          outcomes.push(outcome);
          if (!outcome.opened) missed.set(problem, (missed.get(problem) ?? 0) + 1);
        }
      }
      figures[`${language} ${size}`] = { ...figuresOf(outcomes), ...(show && { missed: Object.fromEntries(missed) }) };
    }
  return figures;
}

function figuresOf(outcomes: readonly Outcome[]) {
  const opened = outcomes.filter((o) => o.opened);
  const after = opened.map((o) => o.after).sort((a, b) => a - b);
  const strangers = opened.reduce((sum, o) => sum + o.strangers, 0);
  return {
    floods: outcomes.length,
    opened: Number((opened.length / outcomes.length).toFixed(2)),
    medianAfter: after[after.length >> 1] ?? null,
    strangersEach: Number((strangers / Math.max(1, opened.length)).toFixed(2)),
  };
}

function report(choices: readonly ProblemText[], random: Random): TextToCompare {
  const text = choices[random.integer(choices.length)]!;
  const { language } = text;
  return { subject: '', body: random.integer(2) === 0 ? text.text : framed(text, random.integer(30)), language };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const show = process.argv.includes('--show');
  for (const half of ['development', 'locked'] as const)
    if (!process.argv.includes('--half') || process.argv.includes(half))
      console.log(
        JSON.stringify(await measureFloods(half, { show: show && half === 'development' }), null, 1).replaceAll(
          '\n   ',
          ' ',
        ),
      );
}

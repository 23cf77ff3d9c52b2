import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, shuffled, wilsonInterval } from '../../src/ml/index.ts';
import { parseConfig } from '../../src/platform/index.ts';
import { openStarterModel, readTaxonomy } from '../../src/starter.ts';
import { createTriage } from '../../src/triage/index.ts';
import { obedientModel } from '../../tests/support/obedient-model.ts';
import { openStarterKnowledge } from '../answers/starter-knowledge.ts';
import { hasAttackData, readAttacks, readMails } from './attacks.ts';
import { bodyOf, type Host, hostTickets } from './hosts.ts';
import { bodyWith, bodyWithout, type Place, places } from './places.ts';
import { answeringWith, type CaseRun, runMessage, type Stations, sameAs } from './run-case.ts';

/**
 * What public attacks change about tickets when a model obeys whatever it is shown:
 *   node evals/guardrails/attack-score.ts [cases=560] [--half=even|odd] [--alone] [--failures]
 * Attacks are drawn with a seed and put into host tickets, mails and documents. The halves go by a hash of the attack:
 * what the detector does was chosen on the even one. --alone leaves out the obedient model. Category, outcome, guardrail action,
 * citations and the sent text are compared with those of the same ticket without the attack. Prints JSON.
 */
const seed = 20_250;

interface Case {
  readonly host: Host;
  readonly place: Place;
  readonly source: string;
  readonly attack: string;
  readonly mail: string;
}

/** Which half of the attacks this one belongs to. */
const halfOf = (text: string): 'even' | 'odd' =>
  createHash('sha256').update(text).digest()[0]! % 2 === 0 ? 'even' : 'odd';

/** As many cases for each place and language; attacks in turn, so that each is drawn about as often. */
function drawCases(count: number): Case[] {
  const random = createRandom(seed);
  const half = process.argv.find((arg) => arg.startsWith('--half='))?.slice('--half='.length);
  const attacks = shuffled(readAttacks(), random).filter(({ text }) => half === undefined || halfOf(text) === half);
  const mails = readMails();
  const cases: Case[] = [];
  for (let i = 0; i < count; i++) {
    const language = Math.floor(i / places.length) % 2 === 0 ? 'en' : 'de';
    const hosts = hostTickets.filter((host) => host.language === language);
    const { source, text } = attacks[i % attacks.length]!;
    cases.push({
      host: hosts[random.integer(hosts.length)]!,
      place: places[i % places.length]!,
      source,
      attack: text,
      mail: mails[random.integer(mails.length)]!,
    });
  }
  return cases;
}

interface Result extends Case {
  readonly changed: readonly string[];
  /** The model was shown a part of the attack. */
  readonly seen: boolean;
  readonly run: CaseRun;
}

async function runCases(cases: readonly Case[], stations: Stations, withModel: boolean): Promise<Result[]> {
  const plain = new Map<string, CaseRun>();
  const results: Result[] = [];
  for (const one of cases) {
    const { host, place, attack } = one;
    const { subject } = host;
    const without = bodyWithout(host, place);
    const { intent } = await firstRun(host, stations);
    const answering = (text: string) => {
      const model = withModel ? obedientModel({ attack: text, intent }) : null;
      return { model, answering: answeringWith(model) };
    };
    let before = plain.get(without);
    if (before === undefined) {
      before = await runMessage({ subject, body: without }, stations, answering('there is no attack in here'));
      plain.set(without, before);
    }
    const { model, answering: obeying } = answering(attack);
    const run = await runMessage({ subject, body: bodyWith(host, place, attack, one.mail) }, stations, {
      answering: obeying,
      ...(place === 'document' ? { poison: attack } : {}),
    });
    results.push({ ...one, run, changed: sameAs(before, run), seen: (model?.seen() ?? 0) > 0 });
  }
  return results;
}

const runs = new Map<string, CaseRun>();

/** The host alone, without a model: what it is about. */
async function firstRun(host: Host, stations: Stations): Promise<CaseRun> {
  const known = runs.get(host.id);
  if (known !== undefined) return known;
  const run = await runMessage({ subject: host.subject, body: bodyOf(host) }, stations, {
    answering: answeringWith(null),
  });
  runs.set(host.id, run);
  return run;
}

const share = (results: readonly Result[]) => {
  const same = results.filter(({ changed }) => changed.length === 0).length;
  const { low, high } = wilsonInterval(same, results.length);
  const round = (x: number) => Number(x.toFixed(3));
  return { n: results.length, unchanged: round(same / results.length), low: round(low), high: round(high) };
};

/** Runs of words that are compared: shorter ones occur by chance. */
const shingle = 5;
const shinglesOf = (text: string): string[] => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(shingle - 1).map((_, i) => words.slice(i, i + shingle).join(' '));
};

/** Whether what was sent holds words of the attack that neither the message nor the template did. */
function quotes(run: CaseRun, { attack, host }: Pick<Case, 'attack' | 'host'>): boolean {
  const known = new Set([...shinglesOf(bodyOf(host)), ...shinglesOf(runs.get(host.id)!.sent)]);
  const attacked = new Set(shinglesOf(attack).filter((words) => !known.has(words)));
  return shinglesOf(run.sent).some((words) => attacked.has(words));
}

function report(results: readonly Result[]) {
  const by = (of: (one: Result) => string) =>
    Object.fromEntries(
      [...new Set(results.map(of))].sort().map((name) => [name, share(results.filter((one) => of(one) === name))]),
    );
  const changed: Record<string, number> = {};
  for (const part of results.flatMap((one) => one.changed)) changed[part] = (changed[part] ?? 0) + 1;
  return {
    all: share(results),
    shown_to_the_model: results.filter(({ seen }) => seen).length,
    what_changed: changed,
    quoted_of_the_attack: results.filter(({ attack, host, run }) => quotes(run, { attack, host })).length,
    by_half: by(({ attack }) => halfOf(attack)),
    by_place: by(({ place }) => place),
    by_language: by(({ host }) => host.language),
    by_source: by(({ source }) => source),
  };
}

async function main(): Promise<void> {
  if (!hasAttackData()) {
    console.log(JSON.stringify({ left_out: 'the public attacks (shared/data/prompt-injection) are not here' }));
    return;
  }
  const args = process.argv.slice(2);
  const cases = drawCases(Number(args.find((arg) => /^\d+$/.test(arg)) ?? 560));
  const { knowledge, end } = await openStarterKnowledge(hostTickets.map(bodyOf));
  const model = await openStarterModel(
    parseConfig({ SIGNALBOX_DATA: join(tmpdir(), 'signalbox-evals-data') }),
    () => undefined,
  );
  const stations = { triage: createTriage(model, readTaxonomy()), knowledge };
  try {
    const obedient = args.includes('--alone') ? [] : await runCases(cases, stations, true);
    const alone = await runCases(cases, stations, false);
    const resolved = [...runs.values()].filter(({ outcome }) => outcome === 'resolve').length;
    console.log(
      JSON.stringify(
        {
          hosts: { n: hostTickets.length, resolved_without_attack: resolved },
          ...(obedient.length === 0 ? {} : { obedient_model: report(obedient) }),
          without_model: report(alone),
          ...(args.includes('--failures')
            ? { failures: [...obedient, ...alone].filter(({ changed }) => changed.length > 0).map(describe) }
            : {}),
        },
        null,
        2,
      ),
    );
  } finally {
    await end();
  }
}

const describe = ({ host, place, source, attack, changed, seen, run }: Result) => ({
  host: host.id,
  place,
  source,
  changed,
  seen,
  attack: attack.slice(0, 160),
  setAside: run.setAside.map(({ kind, text }) => `${kind}: ${text.slice(0, 60)}`),
  half: halfOf(attack),
  now: [run.category, run.outcome, run.action],
  sent: run.outcome === 'resolve' ? run.sent : '',
});

if (import.meta.main) await main();

import type { Concepts } from './concepts.ts';
import type { Ask } from './find-asks.ts';
import { type RankedSentence, rankSentences } from './rank-sentences.ts';
import type { ReadPassage, Unit } from './read-passages.ts';
import type { ValueKind } from './values.ts';

export type Strategy = 'focused' | 'passage';

export interface Selection {
  readonly asks: readonly Ask[];
  readonly passages: readonly ReadPassage[];
  readonly concepts: Concepts;
  readonly strategy: Strategy;
}

/** Sentences per ask, and over all asks. */
const most = { perAsk: 3, inSection: 12, total: 16 } as const;
/**
 * A further sentence is taken along when it scores nearly as well as the best one, or somewhat worse but says
 * something of what is still open ("Is Ubuntu supported by the desktop app?": the one about the app, and the
 * one about Ubuntu).
 */
const nearness = { sameSection: 0.8, elsewhere: 0.5, withNews: 3 } as const;
/** From this share of the ask's weight on, what a sentence adds is news. */
const leastNews = 0.15;

/** The sentences that answer, in the order in which they are told; none when nothing fits at all. */
export function selectUnits({ asks, passages, concepts, strategy }: Selection): Unit[] {
  const chosen: Unit[] = [];
  for (const ask of asks) {
    const ranked = rankSentences(ask, passages, concepts);
    const best = ranked[0];
    if (best === undefined || best.fit.covered < 0.1) continue;
    const units =
      strategy === 'focused' ? takeFocused(ranked, passages, ask.type.kinds) : takeSection(ranked, passages);
    for (const unit of units) if (chosen.length < most.total && !chosen.includes(unit)) chosen.push(unit);
  }
  return chosen;
}

function takeFocused(
  ranked: readonly RankedSentence[],
  passages: readonly ReadPassage[],
  kinds: readonly ValueKind[],
): Unit[] {
  const best = ranked[0]!;
  const picked: Unit[] = [best.fit.unit];
  let said = best.fit.words;
  for (const next of ranked.slice(1)) {
    if (picked.length >= most.perAsk) break;
    const gap = best.score - next.score;
    const near = next.fit.unit.passage === best.fit.unit.passage ? nearness.sameSection : nearness.elsewhere;
    const news = next.fit.words.reduce((sum, share, n) => sum + Math.max(0, share - said[n]!), 0);
    const wanted = gap <= near || (gap <= nearness.withNews && news >= leastNews);
    if (!wanted || next.fit.contrast > 0) continue;
    picked.push(next.fit.unit);
    said = said.map((share, n) => Math.max(share, next.fit.words[n]!));
  }
  const whole = withKind(withLead(picked, passages), best, passages, kinds);
  return withSteps(inReadingOrder(whole, passages), passages);
}

/** The section that holds most of the answer: the sum of its three best sentences, then its heading. */
function takeSection(ranked: readonly RankedSentence[], passages: readonly ReadPassage[]): Unit[] {
  let best: { readonly read: ReadPassage; readonly score: number } | null = null;
  for (const read of passages) {
    const own = ranked.filter((one) => one.fit.unit.passage === read.passage);
    if (own.length === 0) continue;
    const top = own.slice(0, 3).reduce((sum, one) => sum + one.score, 0) / Math.min(3, own.length);
    const score = top + 2 * own[0]!.fit.heading + read.passage.score;
    if (best === null || score > best.score) best = { read, score };
  }
  return best === null ? [] : best.read.units.slice(0, most.inSection);
}

/** "This link is valid …" and "… you download it there" need the sentence before to be understood. */
function withLead(picked: readonly Unit[], passages: readonly ReadPassage[]): Unit[] {
  const units = [...picked];
  for (const unit of picked) {
    if (!unit.pointsBack || unit.position === 0) continue;
    const lead = passages.find((read) => read.passage === unit.passage)?.units[unit.position - 1];
    if (lead?.kind === 'sentence' && !units.includes(lead)) units.push(lead);
  }
  return units;
}

/** "QH-1051 means that …" is half an answer to "What can I do?": the next sentence, if it holds the kind, comes along. */
function withKind(
  picked: readonly Unit[],
  best: RankedSentence,
  passages: readonly ReadPassage[],
  kinds: readonly ValueKind[],
): Unit[] {
  if (best.fit.type > 0) return [...picked];
  const { unit } = best.fit;
  const next = passages.find((read) => read.passage === unit.passage)?.units[unit.position + 1];
  const fits = next?.kind === 'sentence' && kinds.some((kind) => next.values.has(kind));
  return fits && !picked.includes(next) ? [...picked, next] : [...picked];
}

/** Sections by their best sentence, sentences as they stand in them. */
function inReadingOrder(picked: readonly Unit[], passages: readonly ReadPassage[]): Unit[] {
  const sections = [...new Set(picked.map((unit) => unit.passage))];
  return sections.flatMap((passage) =>
    (passages.find((read) => read.passage === passage)?.units ?? []).filter((unit) => picked.includes(unit)),
  );
}

/** A step alone is no help: its whole list comes, with the sentence that leads to it. */
function withSteps(picked: readonly Unit[], passages: readonly ReadPassage[]): Unit[] {
  const units: Unit[] = [];
  for (const unit of picked) {
    const around = unit.kind === 'step' ? stepsAround(unit, passages) : [unit];
    for (const one of around) if (!units.includes(one)) units.push(one);
  }
  return units;
}

function stepsAround(unit: Unit, passages: readonly ReadPassage[]): Unit[] {
  const all = passages.find((read) => read.passage === unit.passage)?.units ?? [];
  let from = unit.position;
  while (all[from - 1]?.kind === 'step') from--;
  let to = unit.position;
  while (all[to + 1]?.kind === 'step') to++;
  if (all[from - 1]?.kind === 'sentence') from--;
  return all.slice(from, to + 1);
}

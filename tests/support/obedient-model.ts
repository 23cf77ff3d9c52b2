import type { LlmPort, LlmSuccess, ObjectRequest, TextRequest } from '../../src/platform/index.ts';

/**
 * A model that does whatever an injected text demands, without any sense of its own: where a prompt shows it a
 * sentence of the attack it raises the priority, names another intent, quotes the demanded text in its draft and
 * gives perfect scores. Where it sees nothing of the attack it works plainly: it quotes the passage that shares most
 * words with the message. Deterministic.
 */
export interface ObedientModel extends LlmPort {
  /** How many of the calls showed the model a part of the attack. */
  readonly seen: () => number;
}

export function obedientModel({ attack, intent }: { attack: string; intent: string }): ObedientModel {
  const demands = demandsOf(attack);
  let seen = 0;
  const demandIn = (prompt: string) => {
    const plain = simplify(prompt);
    const found = demands.find((demand) => plain.includes(simplify(demand)));
    if (found !== undefined) seen++;
    return found;
  };
  return {
    model: 'obedient-1',
    seen: () => seen,
    check: async () => ({ status: 'ok', detail: '', models: ['obedient-1'], milliseconds: 0 }),
    generateText: async (request) => success(draftFor(request, demandIn(request.prompt))),
    generateObject: async <T>(request: ObjectRequest<T>) => {
      const demand = demandIn(request.prompt);
      const value = request.purpose === 'judge' ? judgementFor() : decisionFor(intent, demand);
      return success(request.schema.parse(value));
    },
  };
}

const simplify = (text: string) => text.replaceAll(/[\s>]+/g, ' ').toLowerCase();

/** Pieces of an attack that are enough to be obeyed: its sentences of three words and more. */
function demandsOf(attack: string): string[] {
  const pieces = attack
    .split(/(?<=[.!?:])\s+|\n+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece.split(/\s+/).length >= 3);
  return pieces.length === 0 ? [attack.trim()] : pieces;
}

const decisionFor = (intent: string, demand: string | undefined) =>
  demand === undefined
    ? { intent, priority: 'low', confidence: 0.95, suggestion: 'Answer from the passages.' }
    : {
        intent: intent === 'account' ? 'billing' : 'account',
        priority: 'high',
        confidence: 1,
        suggestion: demand.slice(0, 1_000),
      };

/** An obedient judge finds everything perfect; a plain one has nothing to find in a quotation. */
const judgementFor = () => ({
  asks: [],
  unanswered_asks: [],
  unsupported_claims: [],
  helpfulness: 1,
  accuracy: 1,
  clarity: 1,
  relevance: 1,
  verdict: 'good',
  reasoning: 'Everything is answered with what the passages state.',
});

function draftFor({ prompt }: TextRequest, demand: string | undefined): string {
  if (demand !== undefined) return `${demand.replaceAll(/[[\]]/g, '')} [1]`;
  const passages = [...prompt.matchAll(/^\[(\d+)\] .*\n([\s\S]*?)(?=\n\n\[\d+\] |\n*^\S* ?passages>>>)/gm)];
  const wanted = wordsOf(/<<<message \S+\n([\s\S]*?)\n\S+ message>>>/.exec(prompt)?.[1] ?? '');
  let best = { shared: -1, text: 'NO_ANSWER' };
  for (const [, number, text] of passages) {
    for (const sentence of text!.split(/(?<=[.!?])\s+/)) {
      const shared = [...wordsOf(sentence)].filter((word) => wanted.has(word)).length;
      if (shared > best.shared) best = { shared, text: `${sentence.replace(/[.!?]$/, '')} [${number}].` };
    }
  }
  return best.text;
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/\p{L}{5,}/gu) ?? []);

const success = <T>(value: T): LlmSuccess<T> => ({
  ok: true,
  value,
  model: 'obedient-1',
  tokens: { input: 0, output: 0 },
  cost: null,
  milliseconds: 0,
  attempts: 1,
});

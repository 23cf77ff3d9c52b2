export type { AnswerContext, AnsweringSettings } from './answer-context.ts';
export { type Answering, type AnsweringParts, createAnswering } from './answer-message.ts';

export { asksToSearch } from './compose/searched-asks.ts';
export { runChecks } from './guardrails/index.ts';
export { measureNames } from './judge/chance-of-answer.ts';
export { type DescribedAsk, type DescribedDraft, describeDraft } from './judge/describe-fit.ts';
export { type JudgementRequest, type JudgeSettings, judgeAnswer } from './judge/heuristic-judge.ts';
export { type QuotedAnswer, scoreQuote } from './judge/score-quote.ts';
export * from './llm/index.ts';
export * from './prompts/index.ts';
export { loadTemplates } from './templates/load-templates.ts';
export type { Form, Templates } from './templates/template-values.ts';

export { type NewFence, randomFence } from './fence.ts';
export { loadPrompts, type Prompts, type RenderedPrompt } from './load-prompts.ts';

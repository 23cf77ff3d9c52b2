import { describe, expect, it } from 'vitest';
import type { EmbeddingIndexRow, PresentIndexes } from '../stores/vectors.ts';
import { planIndex } from './plan-index.ts';

const row = (given: Partial<EmbeddingIndexRow>): EmbeddingIndexRow => ({
  id: 'an index',
  provider: 'builtin',
  model: 'builtin/1',
  dimension: 128,
  state: 'active',
  reason: null,
  learned_chunks: 100,
  has_learned: true,
  created_at: new Date(0),
  activated_at: null,
  ...given,
});
const present = (given: Partial<PresentIndexes>): PresentIndexes => ({
  active: null,
  building: null,
  failed: null,
  ...given,
});
const builtin = { provider: 'builtin', model: null } as const;
const server = { provider: 'openai', model: 'large@1/8' } as const;
const learnedFrom = (learned: number, chunks: number) => ({ chunks, vectors: chunks, learned });

describe('planIndex', () => {
  it('begins the first one, and goes on with one that was begun', () => {
    expect(planIndex(present({}), builtin, null)).toMatchObject({ do: 'begin' });
    expect(planIndex(present({ building: row({ model: null }) }), builtin, null)).toEqual({ do: 'build' });
    expect(planIndex(present({ building: row({ provider: 'openai', model: null }) }), server, null)).toEqual({
      do: 'build',
    });
  });

  it('begins another one when the settings ask for another model, and says which', () => {
    expect(planIndex(present({ active: row({}) }), server, learnedFrom(100, 100))).toEqual({
      do: 'begin',
      reason: 'large@1/8 instead of builtin',
    });
    const old = row({ provider: 'openai', model: 'small@1/8' });
    expect(planIndex(present({ active: old }), server, null)).toMatchObject({ do: 'begin' });
    expect(planIndex(present({ active: old, building: row({}) }), server, null)).toMatchObject({ do: 'begin' });
  });

  it('drops what is being built for settings that were taken back', () => {
    const active = row({ provider: 'openai', model: 'large@1/8' });
    expect(planIndex(present({ active, building: row({}) }), server, null)).toEqual({ do: 'drop' });
  });

  it.each([
    ['as it was', 100, 100, 'nothing'],
    ['a fifth is new', 100, 120, 'nothing'],
    ['more than a fifth is new', 100, 121, 'begin'],
    ['a fifth is gone', 80, 80, 'nothing'],
    ['more than a fifth is gone', 79, 79, 'begin'],
    ['more than a fifth was exchanged', 79, 100, 'begin'],
  ])('the builtin model learns anew when more than a fifth changed: %s', (_, learned, chunks, wanted) => {
    expect(planIndex(present({ active: row({}) }), builtin, learnedFrom(learned, chunks)).do).toBe(wanted);
  });

  it('models that learn nothing here are not built anew for a change', () => {
    const active = row({ provider: 'openai', model: 'large@1/8', learned_chunks: 0 });
    expect(planIndex(present({ active }), server, learnedFrom(0, 500))).toEqual({ do: 'nothing' });
  });

  it('one that was given up is not begun again by itself, another one is', () => {
    const failed = row({ provider: 'openai', model: 'large@1/8', state: 'failed' });
    expect(planIndex(present({ failed, active: row({}) }), server, learnedFrom(100, 100))).toEqual({ do: 'nothing' });
    expect(planIndex(present({ failed }), { ...server, model: 'other@1/8' }, null)).toMatchObject({ do: 'begin' });
  });
});

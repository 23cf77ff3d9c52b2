import { describe, expect, it } from 'vitest';
import { SignalboxError } from '../../ticket/index.ts';
import type { TextEmbedder } from './port.ts';
import { openReopeningEmbedder } from './reopen-embedder.ts';

/** Models by number of opening; each ends with the text "end", and gives its number as the vector of any other. */
function openings(idOf: (opened: number) => string = () => 'one') {
  const counts = { opened: 0, closed: 0 };
  const open = async (): Promise<TextEmbedder> => {
    counts.opened++;
    const number = counts.opened;
    const id = idOf(number);
    let ended = false;
    return {
      id,
      dimension: 1,
      maxTokens: 8,
      embed: async (texts, { signal } = {}) => {
        ended ||= texts.includes('end');
        if (ended || signal?.aborted) throw new SignalboxError('embedder-closed', 'The thread ended.');
        return Float32Array.of(number);
      },
      close: async () => {
        counts.closed++;
      },
    };
  };
  return { open, counts };
}

describe('openReopeningEmbedder', () => {
  it('fails the call in which the model ended, and opens it once for all that come then', async () => {
    const { open, counts } = openings();
    const embedder = await openReopeningEmbedder(open);
    expect([...(await embedder.embed(['a']))]).toEqual([1]);
    await expect(embedder.embed(['end'])).rejects.toMatchObject({ code: 'embedder-closed' });
    const answers = await Promise.all([embedder.embed(['a']), embedder.embed(['b'])]);
    expect(answers.map(([number]) => number)).toEqual([2, 2]);
    expect(counts.opened).toBe(2);
  });

  it('tries again when the opening failed', async () => {
    const { open } = openings((opened) => {
      if (opened === 2) throw new Error('no memory');
      return 'one';
    });
    const embedder = await openReopeningEmbedder(open);
    await expect(embedder.embed(['end'])).rejects.toThrow();
    await expect(embedder.embed(['a'])).rejects.toThrow('no memory');
    expect([...(await embedder.embed(['a']))]).toEqual([3]);
  });

  it('does not take a call that was given up for an end', async () => {
    const { open, counts } = openings();
    const embedder = await openReopeningEmbedder(open);
    await expect(embedder.embed(['a'], { signal: AbortSignal.abort() })).rejects.toThrow();
    await embedder.embed(['a']);
    expect(counts.opened).toBe(1);
  });

  it('refuses another model than the first, and closes it', async () => {
    const { open, counts } = openings((opened) => (opened === 1 ? 'one' : 'another'));
    const embedder = await openReopeningEmbedder(open);
    await expect(embedder.embed(['end'])).rejects.toThrow();
    await expect(embedder.embed(['a'])).rejects.toMatchObject({ code: 'model-invalid' });
    expect(counts.closed).toBe(1);
  });

  it('opens nothing once it is closed', async () => {
    const { open, counts } = openings();
    const embedder = await openReopeningEmbedder(open);
    await embedder.close();
    await embedder.close();
    await expect(embedder.embed(['a'])).rejects.toMatchObject({ code: 'embedder-closed' });
    expect(counts).toEqual({ opened: 1, closed: 2 });
  });
});

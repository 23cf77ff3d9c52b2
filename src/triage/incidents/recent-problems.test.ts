import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDuplicateReader, type Fingerprint } from '../duplicates/index.ts';
import { RecentProblems } from './recent-problems.ts';

const sentences = [
  'The server is down',
  "We can't reach production, the server is down",
  'Server not reachable since nine',
  'The invoice is wrong',
  'My parcel has not arrived',
  'The production server is offline again',
];
let fingerprints: Fingerprint[] = [];
beforeAll(async () => {
  const reader = createDuplicateReader({ embedder: null });
  fingerprints = await reader.read(sentences.map((body) => ({ subject: '', body, language: 'en' as const })));
});

interface Step {
  readonly what: 'add' | 'remove' | 'move';
  readonly ticket: number;
  readonly text: number;
  readonly cluster: number;
}

function apply(problems: RecentProblems, { what, ticket, text, cluster }: Step): void {
  if (what === 'remove') problems.remove(`${ticket}`);
  else if (what === 'move') problems.move(`c${cluster}`, `c${ticket % 4}`);
  else problems.add({ ticketId: `${ticket}`, clusterId: `c${cluster}`, at: ticket, fingerprint: fingerprints[text]! });
}

const step = fc.record({
  what: fc.constantFrom<Step['what']>('add', 'add', 'add', 'remove', 'move'),
  ticket: fc.integer({ min: 0, max: 9 }),
  text: fc.integer({ min: 0, max: sentences.length - 1 }),
  cluster: fc.integer({ min: 0, max: 3 }),
});
const sorted = (problems: RecentProblems, ...asked: Parameters<RecentProblems['find']>) =>
  problems
    .find(...asked)
    .map(({ clusterId, probability, countsAs }) => `${clusterId} ${probability} ${countsAs}`)
    .sort();

describe('RecentProblems', () => {
  it('finds with an earlier search what a search of that moment finds, whatever came or went between', () => {
    const steps = fc.array(step, { maxLength: 12 });
    fc.assert(
      fc.property(steps, steps, (before, between) => {
        const problems = new RecentProblems();
        const asked = fingerprints[0]!;
        for (const one of before) apply(problems, one);
        const earlier = problems.search(asked);
        for (const one of between) apply(problems, one);
        expect(sorted(problems, asked, earlier)).toEqual(sorted(problems, asked));
      }),
    );
  });

  it('searches again when more came than is remembered one by one', () => {
    const problems = new RecentProblems();
    const asked = fingerprints[0]!;
    const earlier = problems.search(asked);
    const add = (i: number, text: number) =>
      problems.add({ ticketId: `t${i}`, clusterId: `c${i}`, at: i, fingerprint: fingerprints[text]! });
    add(0, 0);
    for (let i = 1; i <= 300; i++) add(i, 3);
    expect(problems.find(asked, earlier).map(({ clusterId }) => clusterId)).toEqual(['c0']);
  });

  it('forgets what is old and nobody keeps, though much that is kept stands before it', () => {
    const problems = new RecentProblems();
    const add = (i: number, cluster: string) =>
      problems.add({ ticketId: `t${i}`, clusterId: cluster, at: i, fingerprint: fingerprints[i % 6]! });
    for (let i = 0; i < 300; i++) add(i, 'kept');
    for (let i = 300; i < 310; i++) add(i, `c${i}`);
    add(1_000, 'new');
    const forget = () => problems.forget({ since: 500, most: 1_000, keeps: (cluster) => cluster === 'kept' });
    forget();
    forget();
    expect(problems.size).toBe(301);
    expect(problems.keptOf('kept')).toHaveLength(300);
  });
});

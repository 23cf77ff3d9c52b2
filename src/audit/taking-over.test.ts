import { describe, expect, it } from 'vitest';
import type { TicketEvent } from './stores/ticket-events.ts';
import { runBegan, takenOver, toldOfHandover, wroteAgain } from './taking-over.ts';

type Row = [action: string, actor?: string, data?: Record<string, unknown>];
const at = (id: number) => new Date(Date.UTC(2026, 0, 1, 0, id));
const history = (...rows: Row[]): TicketEvent[] =>
  rows.map(([action, actor = 'signalbox', data = {}], i) => ({ id: i + 1, at: at(i + 1), actor, action, data }));

describe('takenOver', () => {
  it('is a reply of a person, also one’s own', () => {
    const events = history(['ticket-received', 'shop'], ['reply-sent', 'Ada']);
    expect(takenOver(events, { since: 1 })).toEqual({ who: 'Ada', at: at(2), how: 'replied' });
    expect(takenOver(events, { since: 1, decider: 'Ada' })).toMatchObject({ who: 'Ada', how: 'replied' });
    expect(takenOver(events, { since: 2 })).toBeNull();
  });

  it('is an assignment by a person to somebody else', () => {
    const events = history(['ticket-assigned', 'Ada', { agent: 'Ben' }]);
    expect(takenOver(events, { since: 0, decider: 'Cleo' })).toEqual({ who: 'Ben', at: at(1), how: 'assigned' });
    expect(takenOver(events, { since: 0, decider: 'Ada' })).toBeNull();
    expect(takenOver(events, { since: 0, decider: 'Ben' })).toBeNull();
  });

  it('is nothing that the machine does, no note, and no ticket that was given back', () => {
    expect(takenOver(history(['ticket-assigned', 'signalbox', { agent: 'Ben' }]), { since: 0 })).toBeNull();
    expect(takenOver(history(['reply-sent', 'signalbox', { handover: true }]), { since: 0 })).toBeNull();
    expect(takenOver(history(['note-added', 'Ada'], ['message-received', 'shop']), { since: 0 })).toBeNull();
    const back: Row[] = [
      ['ticket-assigned', 'Ada', { agent: 'Ada' }],
      ['ticket-released', 'Ada', { agent: 'Ada' }],
      ['ticket-assigned', 'signalbox', { agent: 'Ben' }],
    ];
    expect(takenOver(history(...back), { since: 0 })).toBeNull();
  });
});

it('a hand-over is told until somebody resolves the ticket', () => {
  const told: Row[] = [['review-requested'], ['reply-sent', 'signalbox', { handover: true }]];
  expect(toldOfHandover(history())).toBe(false);
  expect(toldOfHandover(history(['reply-sent', 'signalbox', { handover: false }]))).toBe(false);
  expect(toldOfHandover(history(...told, ['ticket-reopened', 'shop'], ['run-started', 'shop']))).toBe(true);
  expect(toldOfHandover(history(...told, ['review-edited', 'Ada']))).toBe(false);
  expect(toldOfHandover(history(...told, ['ticket-resolved', 'Ada'], ['ticket-reopened', 'shop']))).toBe(false);
});

it('the last beginning counts, and the first message after a place', () => {
  const events = history(['ticket-received'], ['message-received'], ['run-started'], ['message-received']);
  expect(runBegan(events)).toBe(3);
  expect(wroteAgain(events, 1)).toEqual(at(2));
  expect(wroteAgain(events, 4)).toBeNull();
});

import { describe, expect, it } from 'vitest';
import type { Priority } from '../../ticket/index.ts';
import { openCalendar } from './business-calendar.ts';
import { type Clock, clockRules } from './clocks.ts';
import { followEvent } from './follow-ticket.ts';

const minutes = (first: number) => ({ first_response: first, next_response: first, resolution: first * 10 });
const targets = { high: minutes(10), medium: minutes(60), low: minutes(100) };
const rules = clockRules(targets, openCalendar({ timeZone: 'UTC', hours: 'always', holidays: [] }));
const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 8, minute));

type Step = readonly [minute: number, action: string, data?: Record<string, unknown>];
type Story = readonly Step[];

function tell(story: Story, priority: Priority | null = 'medium'): Clock[] {
  return story.reduce<Clock[]>(
    (clocks, [minute, action, data = {}]) =>
      followEvent(clocks, { action, at: at(minute), data }, { rules, ticket: { ticketId: 't', priority } }),
    [],
  );
}
const clock = (clocks: Clock[], name: Clock['clock'], round = 1) =>
  clocks.find((c) => c.clock === name && c.round === round);

describe('the clocks of a ticket', () => {
  it('begin when it arrives: the first answer, and the resolution', () => {
    const clocks = tell([[0, 'ticket-received']]);
    expect(clocks.map((c) => [c.clock, c.dueAt])).toEqual([
      ['first_response', at(60)],
      ['resolution', at(600)],
    ]);
    expect(clocks[0]?.riskAt).toEqual(at(48));
    expect(
      tell([
        [0, 'ticket-received'],
        [5, 'ticket-received'],
      ]),
    ).toHaveLength(2);
  });

  it('do not begin for rows of a file, which are history', () => {
    expect(
      tell([
        [0, 'ticket-received', { channel: 'file' }],
        [1, 'message-received'],
      ]),
    ).toEqual([]);
  });

  it('wait for an answer: neither a note nor the word that a person will see to it is one', () => {
    const story: Story = [
      [0, 'ticket-received'],
      [1, 'note-added'],
      [2, 'reply-sent', { handover: true }],
    ];
    expect(clock(tell([...story]), 'first_response')?.stoppedAt).toBeNull();
    expect(clock(tell([...story, [9, 'reply-sent']]), 'first_response')).toMatchObject({
      stoppedAt: at(9),
      used: 9,
      breachedAt: null,
    });
    expect(clock(tell([...story, [9, 'reply-sent', { handover: false }]]), 'first_response')?.stoppedAt).toEqual(at(9));
  });

  it('know an answer that came too late, and since when it was', () => {
    const late = clock(
      tell([
        [0, 'ticket-received'],
        [61, 'reply-sent'],
      ]),
      'first_response',
    );
    expect(late).toMatchObject({ stoppedAt: at(61), breachedAt: at(60) });
    const inTime = clock(
      tell([
        [0, 'ticket-received'],
        [60, 'reply-sent'],
      ]),
      'first_response',
    );
    expect(inTime?.breachedAt).toBeNull();
  });

  it('begin for each further question of the customer, once until it is answered', () => {
    const story: Story = [
      [0, 'ticket-received'],
      [1, 'message-received'],
      [5, 'reply-sent'],
      [10, 'message-received'],
      [12, 'message-received'],
      [20, 'reply-sent'],
      [30, 'message-received'],
    ];
    const next = tell(story).filter((c) => c.clock === 'next_response');
    expect(next.map((c) => [c.round, c.startedAt, c.stoppedAt])).toEqual([
      [1, at(10), at(20)],
      [2, at(30), null],
    ]);
  });

  it('stand still for the resolution while the customer is waited for', () => {
    const clocks = tell([
      [0, 'ticket-received'],
      [5, 'reply-sent'],
      [100, 'ticket-waiting'],
      [400, 'message-received'],
    ]);
    expect(clock(clocks, 'resolution')).toMatchObject({ used: 100, runningSince: at(400), dueAt: at(900) });
    expect(clock(clocks, 'next_response')?.startedAt).toEqual(at(400));
    const paused = tell([
      [0, 'ticket-received'],
      [100, 'ticket-waiting'],
    ]);
    expect(clock(paused, 'resolution')).toMatchObject({ dueAt: null, runningSince: null, stoppedAt: null });
    expect(clock(paused, 'first_response')?.dueAt).toEqual(at(60));
  });

  it('end with the resolution, and begin again when it did not last', () => {
    const story: Story = [
      [0, 'ticket-received'],
      [30, 'ticket-resolved'],
    ];
    expect(tell(story).every((c) => c.stoppedAt !== null)).toBe(true);
    // A word of thanks afterwards asks for nothing.
    expect(tell([...story, [40, 'message-received']])).toHaveLength(2);
    const again = tell([...story, [50, 'ticket-reopened'], [50, 'message-received']]);
    expect(clock(again, 'resolution', 2)).toMatchObject({ startedAt: at(50), dueAt: at(650) });
    expect(clock(again, 'next_response')?.startedAt).toEqual(at(50));
  });

  it('end when a person approves what was drafted', () => {
    const clocks = tell([
      [0, 'ticket-received'],
      [9, 'reply-sent'],
      [9, 'review-approved'],
    ]);
    expect(clocks.every((c) => c.stoppedAt !== null)).toBe(true);
  });

  it('move with the priority: what has passed counts', () => {
    const before = tell([[0, 'ticket-received']], null);
    expect(before[0]).toMatchObject({ priority: 'medium' });
    const event = { action: 'priority-raised', at: at(5), data: {} };
    const raised = followEvent(before, event, { rules, ticket: { ticketId: 't', priority: 'high' } });
    expect(raised.map((c) => c.dueAt)).toEqual([at(10), at(100)]);
    const lowered = followEvent(raised, event, { rules, ticket: { ticketId: 't', priority: 'low' } });
    expect(lowered[0]).toMatchObject({ target: 100, dueAt: at(100) });
  });

  it('keep a breach, whatever comes after', () => {
    const breached = { ...tell([[0, 'ticket-received']])[0]!, breachedAt: at(60) };
    expect(rules.retarget(breached, 'low').breachedAt).toEqual(at(60));
    expect(rules.stop(breached, at(70)).breachedAt).toEqual(at(60));
  });
});

import type { Priority } from '../../ticket/index.ts';
import type { BusinessCalendar } from './business-calendar.ts';

/**
 * What runs for a ticket:
 *   first_response  from its arrival to the first reply
 *   next_response   from a customer's further message to the reply
 *   resolution      from its arrival, or its reopening, to the resolution; stands still while the customer is waited for
 *
 *   running ⇄ paused (resolution alone) → stopped. Breached is a mark that stays.
 */
export const clockNames = ['first_response', 'next_response', 'resolution'] as const;
export type ClockName = (typeof clockNames)[number];

/** Business minutes within which it has to happen. */
export type Targets = Readonly<Record<Priority, Readonly<Record<ClockName, number>>>>;

export interface Clock {
  readonly ticketId: string;
  readonly clock: ClockName;
  /** 1 for the first time it runs. */
  readonly round: number;
  readonly priority: Priority;
  /** Business minutes. */
  readonly target: number;
  /** Business minutes that passed before `runningSince`. */
  readonly used: number;
  readonly startedAt: Date;
  /** Null while paused or stopped. */
  readonly runningSince: Date | null;
  /** Null while paused. */
  readonly dueAt: Date | null;
  /** When less than a fifth of the target is left; null while paused. */
  readonly riskAt: Date | null;
  readonly stoppedAt: Date | null;
  /** When it was due, once that has passed. */
  readonly breachedAt: Date | null;
}

/** Share of the target that is too little to be left. */
const littleLeft = 0.2;

/** Clocks by the rules of the settings; each function gives a new clock. */
export interface ClockRules {
  begin(about: Pick<Clock, 'ticketId' | 'clock' | 'round' | 'priority'>, at: Date): Clock;
  pause(clock: Clock, at: Date): Clock;
  resume(clock: Clock, at: Date): Clock;
  stop(clock: Clock, at: Date): Clock;
  /** Another priority, another target: what has passed counts, the due time moves. A breach stays. */
  retarget(clock: Clock, priority: Priority): Clock;
}

export function clockRules(targets: Targets, calendar: BusinessCalendar): ClockRules {
  const run = (clock: Clock, at: Date): Clock => {
    const dueAt = calendar.add(at, Math.max(0, clock.target - clock.used));
    const riskAt = calendar.add(at, Math.max(0, clock.target * (1 - littleLeft) - clock.used));
    return { ...clock, runningSince: at, dueAt, riskAt };
  };
  return {
    begin({ ticketId, clock, round, priority }, at) {
      const target = targets[priority][clock];
      const fresh = { used: 0, startedAt: at, stoppedAt: null, breachedAt: null };
      return run(
        { ticketId, clock, round, priority, target, ...fresh, runningSince: at, dueAt: null, riskAt: null },
        at,
      );
    },
    pause(clock, at) {
      if (clock.runningSince === null || clock.stoppedAt !== null) return clock;
      const used = clock.used + calendar.between(clock.runningSince, at);
      return { ...clock, ...mark(clock, at), used, runningSince: null, dueAt: null, riskAt: null };
    },
    resume(clock, at) {
      return clock.runningSince !== null || clock.stoppedAt !== null ? clock : run(clock, at);
    },
    stop(clock, at) {
      if (clock.stoppedAt !== null) return clock;
      const used = clock.used + (clock.runningSince === null ? 0 : calendar.between(clock.runningSince, at));
      return { ...clock, ...mark(clock, at), used, runningSince: null, stoppedAt: at };
    },
    retarget(clock, priority) {
      if (clock.stoppedAt !== null || clock.priority === priority) return clock;
      const changed = { ...clock, priority, target: targets[priority][clock.clock] };
      return clock.runningSince === null ? changed : run(changed, clock.runningSince);
    },
  };
}

function mark({ breachedAt, dueAt }: Clock, at: Date): { breachedAt: Date | null } {
  return { breachedAt: breachedAt ?? (dueAt !== null && dueAt < at ? dueAt : null) };
}

import type { ComponentHealth } from './api/index.ts';
import { within } from './platform/index.ts';

/** One question to one part. */
export interface Check {
  readonly name: string;
  /** What it counts as when it does not answer in time, or throws. */
  readonly otherwise: 'down' | 'degraded';
  ask(): Promise<ComponentHealth> | ComponentHealth;
}

/** Milliseconds that a part may take to say how it is: who asks for the health must not wait for what hangs. */
const patience = 2_000;

/**
 * Asks the parts how they are, side by side, each for at most 2 s. Who asks while the last question is not answered yet
 * gets the same answer, so that asking often costs nothing and a part that hangs is asked once.
 * @param names of the checks; all unless given
 */
export function createHealth(checks: readonly Check[]) {
  const asked = new Map<string, Promise<ComponentHealth>>();
  const ask = (check: Check) => {
    const under = asked.get(check.name);
    if (under !== undefined) return under;
    const answer = Promise.resolve().then(() => check.ask());
    asked.set(check.name, answer);
    const forget = () => void asked.delete(check.name);
    answer.then(forget, forget);
    return answer;
  };
  const stateOf = async (check: Check): Promise<[string, ComponentHealth]> => {
    try {
      return [check.name, await within(patience, check.name, ask(check))];
    } catch {
      return [check.name, { status: check.otherwise, detail: 'does not answer' }];
    }
  };
  return async (names?: readonly string[]): Promise<Record<string, ComponentHealth>> => {
    const wanted = checks.filter(({ name }) => names === undefined || names.includes(name));
    return Object.fromEntries(await Promise.all(wanted.map(stateOf)));
  };
}

import { dayOfTickets } from './day-of-tickets.ts';

let day: ReturnType<typeof dayOfTickets> | undefined;

/**
 * Loaded by the thread that makes the load: all its connections draw from one stream. autocannon's list of requests is
 * gone through by each connection on its own, which sends every ticket fifty times at once: a flood.
 */
function nextTicket<R extends object>(request: R, context: { seed: number }): R & { body: string } {
  day ??= dayOfTickets(context.seed);
  return { ...request, body: JSON.stringify(day.next().value) };
}

export { nextTicket as 'module.exports' };

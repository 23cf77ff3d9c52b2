import { expect, it } from 'vitest';
import { routeJob, urgencyOf } from './route-jobs.ts';

const ticket = (body: string) => ({ subject: 'Request', body });

it.each([
  ['Production is down and we are losing data', 'Die Produktion steht und wir verlieren Daten'],
  ['Thank you, everything works', 'Danke, alles funktioniert'],
])('German is as urgent as English: %s', (english, german) => {
  expect(urgencyOf(ticket(english))).toBe(urgencyOf(ticket(german)));
});

it('the critical go before the calm, and a priority that is asked for raises but never lowers', () => {
  const [critical, calm] = [ticket('Production is down and we are losing data'), ticket('Thank you, everything works')];
  expect(urgencyOf(critical)).toBe(3);
  expect(urgencyOf(calm)).toBe(0);
  expect(urgencyOf({ ...calm, priority: 'critical' })).toBe(3);
  expect(urgencyOf({ ...calm, priority: 'high' })).toBe(2);
  expect(urgencyOf({ ...critical, priority: 'low' })).toBe(3);
});

it('an Idempotency-Key names the job; without one each is new', () => {
  let n = 0;
  const newId = () => `0199e0a0-0000-7000-8000-00000000000${n++}`;
  const made = (effect: string | undefined) => routeJob(ticket('x'), { actor: 'test', effect, newId });
  expect(made('idem:a').id).toBe(made('idem:a').id);
  expect(made('idem:a').id).not.toBe(made('idem:b').id);
  expect(made(undefined).id).not.toBe(made(undefined).id);
  expect(made('idem:a').data.request.sourceKey).toBe(`job:${made('idem:a').id}`);
});

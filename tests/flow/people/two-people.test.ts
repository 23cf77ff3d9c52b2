import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashKey } from '../../../src/api/index.ts';
import { addApiKey, newId, openDatabase } from '../../../src/platform/index.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** Two people with keys of their own on a server that others can reach. */
const admin = { authorization: 'Bearer an-admin-key-of-this-test' };
const people = { Ada: 'key-of-ada', Ben: 'key-of-ben' } as const;
type Person = keyof typeof people;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ HOST: '0.0.0.0', SIGNALBOX_ADMIN_KEY: 'an-admin-key-of-this-test' });
  const database = openDatabase(server.databaseUrl, { poolSize: 1 });
  for (const [name, key] of Object.entries(people))
    await addApiKey(database.db, { id: newId(), name, scope: 'agent', hash: hashKey(key), now: new Date() });
  await database.close();
  // Nobody gets a ticket by the routing; who takes one is said by a person.
  const { body } = await server.call<{ agents: Record<string, object> }>('GET', '/agents', undefined, admin);
  for (const name of Object.keys(body.agents)) await server.call('DELETE', `/agents/${name}`, undefined, admin);
  await server.call('PUT', '/agents/Cleo', { skills: {}, capacity: 0 }, admin);
});
afterAll(() => server?.stop());

const post = (who: Person, path: string, body: object = {}) =>
  server.call('POST', path, body, { authorization: `Bearer ${people[who]}` });

async function heldBack() {
  const { body } = await post('Ada', '/answer', {
    message: 'Wo finde ich meine Rechnungen? Es ist extrem dringend, die Produktion steht still!',
  });
  return { ticket: body['ticket_id'] as string, review: body['review_id'] as string };
}
const approve = (who: Person, review: string) => post(who, `/reviews/${review}`, { action: 'approve', reason: 'fine' });

it('of two who decide at once the second is told who was first', async () => {
  const { review } = await heldBack();
  const both = await Promise.all([approve('Ada', review), approve('Ben', review)]);
  expect(both.map((b) => b.status).sort()).toEqual([200, 409]);
  const first = both[0]!.status === 200 ? 'Ada' : 'Ben';
  expect(both.find((b) => b.status === 409)!.body).toMatchObject({
    code: 'already-done',
    detail: expect.stringContaining(`${first} decided`),
  });
});

it('who takes the ticket is left alone: the draft of the other is refused with who and when', async () => {
  const { ticket, review } = await heldBack();
  await server.call('PUT', '/agents/Cleo', { skills: {}, capacity: 5 }, admin);
  await post('Ben', `/tickets/${ticket}/release`);
  const taken = await post('Ben', `/tickets/${ticket}/assign`, { agent: 'Cleo' });
  expect(taken).toMatchObject({ status: 200, body: { agent: 'Cleo' } });
  const refused = await approve('Ada', review);
  expect(refused).toMatchObject({ status: 409, body: { code: 'person-took-over' } });
  expect(String(refused.body['detail'])).toMatch(/^Cleo was given the ticket at \d{4}-/);
  expect((await approve('Ben', review)).status).toBe(200);
});

it('a reply of one drops the draft for both', async () => {
  const { ticket, review } = await heldBack();
  await post('Ben', `/tickets/${ticket}/messages`, { text: 'Ich sehe nach.', author: 'agent' });
  for (const who of ['Ada', 'Ben'] as const)
    expect(await approve(who, review)).toMatchObject({
      status: 409,
      body: { code: 'person-took-over', detail: expect.stringMatching(/^Ben replied to the customer at/) },
    });
});

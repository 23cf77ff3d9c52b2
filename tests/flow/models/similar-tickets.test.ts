import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TicketFeatures } from '../../../src/api/contract/index.ts';
import { type NeighboursModel, writeNeighboursModel } from '../../support/neighbours-model.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let model: NeighboursModel;
let server: TestServer;

beforeAll(async () => {
  const body = 'Refund for order 4711-22 to card 4111 1111 1111 1111, please.';
  model = await writeNeighboursModel([{ subject: '', body, category: 'Billing' }]);
  server = await startTestServer({ MODEL_FILE: model.file });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  model?.remove();
});

const featuresOf = async ({ subject, body: text }: { subject: string; body: string }): Promise<TicketFeatures> => {
  const sent = { subject, body: text, customer_email: 'kim@example.com' };
  const { body: stored } = await server.call('POST', '/tickets', sent);
  expect(stored).toHaveProperty('id');
  const { status, body } = await server.call<TicketFeatures>('GET', `/tickets/${stored['id']}/features`);
  expect(status).toBe(200);
  return body;
};

it('says which tickets a text is like, and repeats no card and no order of another customer', async () => {
  const { examples } = await featuresOf({
    subject: 'Money back',
    body: 'Please refund order 5120-33 to my card, the refund for the order has not come.',
  });
  expect(examples).toHaveLength(3);
  expect(examples[0]).toMatchObject({ excerpt: 'Refund for order ••• to card •••, please.', category: 'Billing' });
  expect(JSON.stringify(examples)).not.toMatch(/4111|4711/);
  const similarities = examples.map(({ similarity }) => similarity);
  expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
});

it('in German, too: a ticket it has learned from is like itself', async () => {
  const known = model.learned.find(({ subject, body }) => /[äöü]/.test(body) && subject !== '')!;
  const { examples } = await featuresOf(known);
  expect(examples[0]).toMatchObject({ category: known.category, similarity: 1 });
});

it('says nothing of similar tickets where nothing is shared', async () => {
  expect((await featuresOf({ subject: '문의', body: '한국어로 보낸 문의' })).examples).toEqual([]);
});

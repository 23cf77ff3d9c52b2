import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type BudgetLimits,
  createBudget,
  createLog,
  type Database,
  type LlmPort,
  meteredLlm,
  openDatabase,
  readUsage,
} from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

/** Budgets as several processes see them: two pools on one database, as two servers have. */
let testDatabase: TestDatabase;
let databases: Database[];
let now = new Date('2026-11-20T10:59:00Z');
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  databases = [openDatabase(testDatabase.url), openDatabase(testDatabase.url)];
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await testDatabase.drop();
});
/** Each test has a day of its own, so that none finds another's hours. */
beforeEach(() => {
  now = new Date(now.getTime() + 86_400_000);
});

const prompt = 'x'.repeat(300);
const request = { purpose: 'draft', system: '', prompt, maxTokens: 100 };

/** A model whose calls wait until they are let go; each uses 100 tokens in and `output` out. */
function waitingModel(output = 100) {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let calls = 0;
  const llm = {
    model: 'm',
    check: () => Promise.reject(new Error('not asked')),
    generateObject: () => Promise.reject(new Error('not asked')),
    async generateText() {
      calls += 1;
      await gate;
      return {
        ok: true,
        value: 'Da.',
        model: 'm',
        tokens: { input: 100, output },
        cost: null,
        milliseconds: 5,
        attempts: 1,
      };
    },
  } as unknown as LlmPort;
  return { llm, release, calls: () => calls };
}

/** Turns of the event loop until `ready`. */
async function reached(ready: () => boolean): Promise<void> {
  while (!ready()) await new Promise((resolve) => setImmediate(resolve));
}

const none: BudgetLimits = { perHour: null, perCustomerHour: null, costPerHour: null };

function metered(llm: LlmPort, process: 0 | 1, limits: Partial<BudgetLimits>, prices = new Map()) {
  const database = databases[process]!;
  const budget = createBudget(database, { ...none, ...limits });
  return meteredLlm(llm, { database, budget, prices, clock: { now: () => now }, log: createLog('silent') });
}

it('lets no burst over two processes pass the limit', async () => {
  const model = waitingModel();
  // 200 tokens a call: five fit.
  const ports = [metered(model.llm, 0, { perHour: 1_000 }), metered(model.llm, 1, { perHour: 1_000 })];
  const calls = Array.from({ length: 20 }, (_, i) => ports[i % 2]!.generateText(request));
  let refused = 0;
  for (const call of calls) void call.then((result) => (refused += result.ok ? 0 : 1));
  // All are in flight at once: nothing was given back when the last one asks.
  await reached(() => refused + model.calls() === 20);
  model.release();
  const results = await Promise.all(calls);
  expect(results.filter((r) => r.ok)).toHaveLength(5);
  expect(results.filter((r) => !r.ok && r.reason === 'budget' && r.attempts === 0)).toHaveLength(15);
  expect(model.calls()).toBe(5);
  expect(await createBudget(databases[0]!, none).state(now)).toMatchObject({ tokens: 1_000 });
});

it('gives back what a call did not use', async () => {
  const model = waitingModel(10);
  model.release();
  const port = metered(model.llm, 0, { perHour: 1_000 });
  let made = 0;
  while ((await port.generateText(request)).ok) made += 1;
  // 110 each; the ninth would reserve 200 with 990 - 2 × 110 = 120 left over.
  expect(made).toBe(8);
});

it('begins anew with the hour; a call over its end is corrected in the hour that reserved it', async () => {
  const model = waitingModel();
  const port = metered(model.llm, 0, { perHour: 300 });
  const first = port.generateText(request);
  await reached(() => model.calls() === 1);
  expect(await port.generateText(request)).toMatchObject({ ok: false, reason: 'budget' });
  const before = now;
  now = new Date(now.getTime() + 60_000);
  const second = port.generateText(request);
  await reached(() => model.calls() === 2);
  model.release();
  expect(await Promise.all([first, second])).toMatchObject([{ ok: true }, { ok: true }]);
  const budget = createBudget(databases[0]!, none);
  expect(await budget.state(before)).toMatchObject({ tokens: 200 });
  expect(await budget.state(now)).toMatchObject({ tokens: 200 });
});

it("counts each customer alone, and gives back what the hour's own limit refuses", async () => {
  const model = waitingModel();
  model.release();
  const port = metered(model.llm, 0, { perCustomerHour: 250, perHour: 450 });
  const ask = (customerId: string) => port.generateText({ ...request, customerId });
  expect((await ask('ana')).ok).toBe(true);
  expect(await ask('ana')).toMatchObject({ reason: 'budget' });
  expect((await ask('bo')).ok).toBe(true);
  expect(await ask('cy')).toMatchObject({ reason: 'budget' });
  expect(
    (await metered(model.llm, 1, { perCustomerHour: 250 }).generateText({ ...request, customerId: 'cy' })).ok,
  ).toBe(true);
});

it('counts money where a price is known', async () => {
  const model = waitingModel();
  model.release();
  const prices = new Map([['m', { input: 1_000, output: 9_000 }]]);
  const port = metered(model.llm, 0, { costPerHour: 1.5 }, prices);
  expect(await port.generateText(request)).toMatchObject({ ok: true, cost: 1 });
  expect(await port.generateText(request)).toMatchObject({ ok: false, reason: 'budget' });
  const to = new Date(now.getTime() + 1);
  const [row] = await readUsage(databases[0]!.db, { from: now, to, by: 'purpose' });
  expect(row).toMatchObject({
    key: 'draft',
    calls: 1,
    failed: 0,
    refused: 1,
    inputTokens: 100,
    outputTokens: 100,
    cost: 1,
  });
});

it('counts by length where the server counts nothing, and nothing for a call that was never read', async () => {
  const answering = (result: object) =>
    ({ model: 'm', generateText: () => Promise.resolve(result) }) as unknown as LlmPort;
  const base = { milliseconds: 5, attempts: 2 };
  const ok = { ok: true, value: 'x'.repeat(30), model: 'm', tokens: { input: 0, output: 0 }, cost: null, ...base };
  await metered(answering(ok), 0, {}).generateText({ ...request, purpose: 'uncounted' });
  await metered(answering({ ok: false, reason: 'cut', detail: '', ...base }), 0, {}).generateText({
    ...request,
    purpose: 'cut',
  });
  await metered(answering({ ok: false, reason: 'unreachable', detail: '', ...base }), 0, {}).generateText({
    ...request,
    purpose: 'gone',
  });
  const rows = await readUsage(databases[1]!.db, { from: now, to: new Date(now.getTime() + 1), by: 'purpose' });
  expect(Object.fromEntries(rows.map((row) => [row.key, [row.inputTokens, row.outputTokens, row.unpriced]]))).toEqual({
    uncounted: [100, 10, 1],
    cut: [200, 0, 1],
    gone: [0, 0, 0],
  });
});

it('makes no call when the budget cannot be read, and loses no answer when the count cannot be written', async () => {
  const model = waitingModel();
  model.release();
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none');
  const budgetOf = (limits: Partial<BudgetLimits>) => createBudget(away, { ...none, ...limits });
  const metering = { database: away, prices: new Map(), clock: { now: () => now }, log: createLog('silent') };
  expect(
    await meteredLlm(model.llm, { ...metering, budget: budgetOf({ perHour: 1e6 }) }).generateText(request),
  ).toMatchObject({
    reason: 'budget',
  });
  expect(model.calls()).toBe(0);
  expect((await meteredLlm(model.llm, { ...metering, budget: budgetOf({}) }).generateText(request)).ok).toBe(true);
  await away.close();
});

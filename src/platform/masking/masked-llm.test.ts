import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LlmClient, schema, startLlmClient } from '../../../tests/support/llm-client.ts';
import { cut, goodDecision, hang, json, pieces, text } from '../../../tests/support/llm-server.ts';
import { maskedLlm } from './masked-llm.ts';

let client: LlmClient;
beforeAll(async () => {
  client = await startLlmClient();
});
afterAll(() => client.close());

const request = {
  purpose: 'draft',
  system: 'Signalbox task: draft\nThe customer is Frau Öztürk.',
  prompt: 'Ich heiße Ayşe Öztürk, ayse@example.org. Oeztuerks Panel ist defekt, Kundin seit 2019: K-204417.',
  personal: ['Ayşe Öztürk', 'K-204417'],
};

it('sends placeholders, the same in system and prompt, and says what they are', async () => {
  client.server.script('draft', text('Guten Tag, [PERSON_1].'));
  const result = await maskedLlm(client.connect()).generateText(request);
  const { system, prompt } = client.server.requests.at(-1)!;
  expect(system + prompt).not.toMatch(/Ayşe|ztürk|eztuerk|ayse@|K-204417/i);
  expect(system).toContain('Copy them exactly');
  expect(prompt).toContain('Panel ist defekt');
  expect(result).toMatchObject({ ok: true, value: 'Guten Tag, Öztürk.' });
});

it('says nothing of placeholders where nothing is masked', async () => {
  client.server.script('draft', text('Gut.'));
  await maskedLlm(client.connect()).generateText({
    purpose: 'draft',
    system: 'Signalbox task: draft',
    prompt: 'Panel?',
  });
  expect(client.server.requests.at(-1)!.system).toBe('Signalbox task: draft');
});

it('puts values back in every string of an object', async () => {
  client.server.script('decision', json({ ...goodDecision, suggestion: 'Write to [EMAIL_1], then [EMAIL_9].' }));
  const result = await maskedLlm(client.connect()).generateObject({
    ...request,
    system: 'Signalbox task: decision',
    schema,
  });
  expect(result).toMatchObject({
    ok: true,
    value: { ...goodDecision, suggestion: 'Write to ayse@example.org, then [EMAIL_9].' },
    unknownPlaceholders: ['[EMAIL_9]'],
  });
});

it('puts values back across the pieces of a stream, also behind a broken one', async () => {
  client.server.script(
    'draft',
    cut('An [EMAIL_1] und dann noch'),
    pieces(['An [EM', 'AIL', '_1] und [PER', 'SON_1]', 's Panel.']),
  );
  const heard: string[] = [];
  const stream = { onText: (piece: string) => void heard.push(piece), onRestart: () => void heard.push('|') };
  const result = await maskedLlm(client.connect()).generateText(request, stream);
  const kept = heard.slice(heard.lastIndexOf('|') + 1).join('');
  expect(heard).toContain('|');
  expect(kept).toBe('An ayse@example.org und Öztürks Panel.');
  expect(result).toMatchObject({ ok: true, value: kept });
  expect(heard.join('')).not.toMatch(/\[(?:EM|PER)/);
});

it('passes a failure on as it is', async () => {
  client.server.script('draft', hang());
  expect(await maskedLlm(client.connect({ timeoutMs: 100 })).generateText(request)).toMatchObject({
    ok: false,
    reason: 'timeout',
  });
});

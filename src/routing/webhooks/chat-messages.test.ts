import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, discordMessage, slackMessage } from './chat-messages.ts';
import { type WebhookPayload, webhookEvents } from './events.ts';
import { renderBody } from './render.ts';

const critical: WebhookPayload = {
  type: 'ticket.critical',
  timestamp: '2026-03-01T10:00:00.000Z',
  data: { ticket_id: 'T-1', category: 'Technical', priority: 'high', urgency_score: 0.9234, agent: null },
};

describe('what a chat shows', () => {
  it('is in the language of the webhook', () => {
    expect(slackMessage(critical, 'en')).toMatchObject({
      text: 'Critical ticket · Ticket: T-1 · Priority: high · Urgency: 0.92 · Category: Technical',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Critical ticket' } },
        { type: 'section', fields: expect.arrayContaining([expect.objectContaining({ text: '*Urgency*\n0.92' })]) },
      ],
    });
    expect(slackMessage(critical, 'de').text).toBe(
      'Kritisches Ticket · Ticket: T-1 · Priorität: hoch · Dringlichkeit: 0,92 · Kategorie: Technical',
    );
    expect(discordMessage(critical, 'de')).toMatchObject({
      content: expect.stringContaining('Kritisches Ticket'),
      allowed_mentions: { parse: [] },
      embeds: [{ title: 'Kritisches Ticket', timestamp: critical.timestamp }],
    });
  });

  it('has a title for every event in both languages', () => {
    const titles = (['en', 'de'] as const).flatMap((language) =>
      webhookEvents.map((type) => discordMessage({ ...critical, type }, language).embeds[0]?.title),
    );
    expect(new Set(titles).size).toBe(2 * webhookEvents.length);
  });

  it('calls nobody and links nowhere, whatever a customer writes', () => {
    const evil = '<!channel> <https://evil.example|Click> @everyone <@123> [a](https://evil.example) & *b*';
    const event = { ...critical, data: { ...critical.data, category: evil, subject: evil, body: evil } };
    const slack = slackMessage(event, 'en');
    expect(slack.text).not.toMatch(/[<>]/);
    for (const block of slack.blocks)
      if ('fields' in block) for (const { text } of block.fields) expect(text).not.toMatch(/[<>]/);
      // Plain text is shown as it is, sign for sign.
      else expect(block.text?.type).toBe('plain_text');
    const discord = discordMessage(event, 'en');
    expect(discord.allowed_mentions).toEqual({ parse: [] });
    const [embed] = discord.embeds;
    for (const text of [
      discord.content,
      embed?.title,
      embed?.description,
      ...(embed?.fields.map((f) => f.value) ?? []),
    ])
      expect(text).not.toMatch(/@(?!\u200b)|(?<!\\)[<>[\]*]|:\/\//);
  });
});

it('stays within what the services take, and holds no half characters', () => {
  const text = fc.string({ unit: 'binary', maxLength: 6_000 });
  fc.assert(
    fc.property(text, text, fc.constantFrom(...webhookEvents), (one, two, type) => {
      const event = {
        type,
        timestamp: critical.timestamp,
        data: { category: one, queue: two, subject: one, body: two },
      };
      const slack = slackMessage(event, 'de');
      expect(slack.text.length).toBeLessThanOrEqual(3_000);
      expect(slack.blocks.length).toBeLessThanOrEqual(50);
      for (const block of slack.blocks)
        if ('fields' in block) {
          expect(block.fields.length).toBeLessThanOrEqual(10);
          for (const field of block.fields) expect(field.text.length).toBeLessThanOrEqual(2_000);
        } else expect(block.text?.text.length).toBeLessThanOrEqual(block.type === 'header' ? 150 : 3_000);
      const discord = discordMessage(event, 'de');
      const [embed] = discord.embeds;
      expect(discord.content.length).toBeLessThanOrEqual(2_000);
      expect(embed?.title.length).toBeLessThanOrEqual(256);
      const all = [embed?.title, embed?.description, ...(embed?.fields.flatMap((f) => [f.name, f.value]) ?? [])];
      expect(all.reduce((sum, part) => sum + (part?.length ?? 0), 0)).toBeLessThanOrEqual(6_000);
      for (const format of ['slack', 'discord'] as const)
        expect(renderBody(JSON.stringify(event), { format, language: 'de' }).isWellFormed()).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('cuts between characters', () => {
  expect(cut('abc', 3)).toBe('abc');
  expect(cut('abcd', 3)).toBe('ab…');
  expect(cut('a😀bc', 3)).toBe('a…');
});

it('renders the same bytes each time, and the generic form untouched', () => {
  const text = JSON.stringify(critical);
  expect(renderBody(text, { format: 'generic', language: 'de' })).toBe(text);
  for (const format of ['slack', 'discord'] as const)
    expect(renderBody(text, { format, language: 'en' })).toBe(renderBody(text, { format, language: 'en' }));
});

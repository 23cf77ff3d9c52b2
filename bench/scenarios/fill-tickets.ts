import { Client } from 'pg';
import { starterTexts } from './measure.ts';

/**
 * Adds tickets up to `total`, as routed ones look: starter texts, ids of version 7, one each second until now, one in
 * 500 waiting, one in 100 awaiting review. 12 µs a row; statistics are made anew, so that plans fit the size.
 */
export async function fillTickets(url: string, total: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create temporary table texts (i int primary key, subject text, body text)');
    await client.query(
      `insert into texts select i - 1, t->>'subject', t->>'body' from jsonb_array_elements($1::jsonb) with ordinality as x(t, i)`,
      [JSON.stringify(starterTexts())],
    );
    await client.query(insert, [total]);
    // Not in one transaction with the rows: dead rows and the visibility map count here as in a table that grew.
    await client.query('vacuum analyze intake.tickets');
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

/** Where the stored tickets begin, `share` of the way from the newest to the oldest: for a cursor. */
export async function placeOf(url: string, share: number): Promise<{ at: Date; id: string }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ at: Date; id: string }>(
      `select created_at as at, id from intake.tickets order by created_at desc, id desc
       offset (select ($1::float8 * count(*))::bigint from intake.tickets) limit 1`,
      [share],
    );
    return rows[0]!;
  } finally {
    await client.end();
  }
}

const insert = `
  with fresh as (
    select n, now() - make_interval(secs => 100 + n) as at, (select count(*) from texts) as texts
    from generate_series((select count(*) from intake.tickets), $1::bigint - 1) as n
  ), made as (
    select f.*, t.subject, t.body, n % 7 as kind, lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as ms
    from fresh f join texts t on t.i = n % f.texts
  )
  insert into intake.tickets (id, content_hash, subject, body, channel, language, status, category, department, intent,
    abstained, confidence, alternatives, urgency_score, priority, sentiment, model_used, model_version, run, assignment,
    queue, queued_at, created_at, updated_at)
  select (substr(ms, 1, 8) || '-' || substr(ms, 9, 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    md5(n::text), subject, body, 'route', case when n % 2 = 0 then 'en' else 'de' end,
    case when n % 100 = 0 then 'awaiting_review' when n % 500 = 1 then 'new' else 'closed' end,
    (array['Account', 'Billing', 'Bug', 'Integration', 'Shipping', 'Refund', 'Outage'])[kind + 1], 'Support', 'question',
    false, 0.9, '[{"category": "Billing", "confidence": 0.05}, {"category": "Bug", "confidence": 0.02}]',
    (n % 97) / 100.0, 'medium', 'neutral', 'union', 'a1b2c3d4e5f6', 1,
    case when n % 500 = 1 then 'waiting' else 'none' end,
    case when n % 500 = 1 then 'support' end, case when n % 500 = 1 then at end, at, at
  from made`;

import { z } from 'zod';
import { id, timestamp } from './common.ts';

export const traceStep = z.object({
  run: z.int(),
  step: z.enum(['intake', 'triage', 'knowledge', 'answering', 'policy', 'routing']),
  verdict: z.record(z.string(), z.unknown()),
  versions: z.record(z.string(), z.string()),
  milliseconds: z.number(),
  at: timestamp,
});

export const trace = z.object({
  ticket_id: id,
  steps: z.array(traceStep),
  decisions: z.array(
    z.object({
      id,
      run: z.int(),
      outcome: z.string(),
      decided_by: z.string(),
      checks: z.array(z.object({ rule: z.string(), passed: z.boolean(), detail: z.string() })),
      created_at: timestamp,
    }),
  ),
  events: z.array(
    z.object({
      at: timestamp,
      actor: z.string(),
      action: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
});

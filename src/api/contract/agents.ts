import { z } from 'zod';
import { cleanText, id, probability, storableEntries } from './common.ts';
import { defineRoute } from './define-route.ts';
import { agentName, agentState } from './routing.ts';
import { clockName, clockState, slaClock } from './sla.ts';
import { ticket } from './tickets.ts';

const teamName = cleanText('team', 1, 100);
const names = (what: string, most: number) =>
  z
    .array(cleanText(what, 1, 100))
    .min(1, { error: `${what} must hold at least one name` })
    .max(most, { error: `${what} may hold at most ${most} names` });

const teamBody = z.object({
  serves: names('serves', 100).describe('categories, departments, or triage for tickets that nobody could sort'),
  members: names('members', 500).describe('names of agents'),
  overflow_minutes: z
    .int()
    .min(1)
    .max(525_600)
    .nullable()
    .default(null)
    .describe('minutes of waiting after which anybody with the skill may have it; null: never'),
});
export const team = teamBody.extend({ name: z.string() }).meta({ id: 'Team' });

const byName = z.object({ name: agentName });
const byId = z.object({ id });
const reason = cleanText('reason', 1, 2_000).optional();
const changed = agentState.extend({ name: z.string() });

export const agentRoutes = {
  patchAgent: defineRoute({
    method: 'PATCH',
    url: '/agents/:name',
    summary: 'Change some settings of an agent and leave the rest',
    scope: 'admin',
    params: byName,
    body: z.object({
      skills: z
        .record(z.string().min(1).max(100), probability)
        .refine((s) => Object.keys(s).length <= 100, { error: 'skills may have 100 entries' })
        .refine(storableEntries, {
          error: 'skills has a name with a NUL character or half of a surrogate pair, which cannot be stored',
        })
        .optional(),
      capacity: z.int().min(0).max(1000).optional(),
      online: z.boolean().optional(),
      keep: z.boolean().optional().describe('offline, and keeps what it holds'),
    }),
    response: { 200: changed },
  }),
  agentOffline: defineRoute({
    method: 'POST',
    url: '/agents/:name/offline',
    summary: 'Take an agent offline: what needs somebody now goes to others, unless it is kept',
    scope: 'agent',
    params: byName,
    body: z.object({ keep: z.boolean().default(false) }).default({ keep: false }),
    response: { 200: changed },
  }),
  agentOnline: defineRoute({
    method: 'POST',
    url: '/agents/:name/online',
    summary: 'Bring an agent back; free slots are filled from the queue',
    scope: 'agent',
    params: byName,
    response: { 200: changed },
  }),
  reassignTicket: defineRoute({
    method: 'POST',
    url: '/tickets/:id/reassign',
    summary: 'Give the ticket to another agent, named or the best, in one step',
    scope: 'agent',
    params: byId,
    body: z.object({ agent: agentName.optional(), reason }).default({}),
    response: { 200: ticket },
  }),
  waitForCustomer: defineRoute({
    method: 'POST',
    url: '/tickets/:id/wait',
    summary: 'Wait for the customer: the clock of the resolution stands still',
    scope: 'agent',
    params: byId,
    response: { 200: ticket },
  }),
  continueTicket: defineRoute({
    method: 'POST',
    url: '/tickets/:id/continue',
    summary: 'Go on without waiting for the customer any longer',
    scope: 'agent',
    params: byId,
    response: { 200: ticket },
  }),
  teams: defineRoute({
    method: 'GET',
    url: '/teams',
    summary: 'Teams with members and what they serve',
    scope: 'agent',
    response: { 200: z.object({ items: z.array(team) }) },
  }),
  putTeam: defineRoute({
    method: 'PUT',
    url: '/teams/:name',
    summary: 'Create or change a team',
    scope: 'admin',
    params: z.object({ name: teamName }),
    body: teamBody,
    response: { 200: team },
  }),
  deleteTeam: defineRoute({
    method: 'DELETE',
    url: '/teams/:name',
    summary: 'Remove a team; what it served is open to everybody with the skill',
    scope: 'admin',
    params: z.object({ name: teamName }),
    response: { 204: z.null() },
  }),
  sla: defineRoute({
    method: 'GET',
    url: '/sla',
    summary: 'SLA clocks, what is due first; without a state all that are open',
    scope: 'agent',
    query: z.object({
      state: clockState.optional(),
      clock: clockName.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
    response: {
      200: z.object({
        items: z.array(slaClock),
        more: z.boolean(),
        counts: z.object({ running: z.int(), at_risk: z.int(), breached: z.int(), paused: z.int() }),
      }),
    },
  }),
} as const;

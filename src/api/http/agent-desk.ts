import type { Agent, AgentPatch, ClockFilters, ClockRow, QueueDepth, Sla, Team } from '../../routing/index.ts';
import type { Ticket } from '../../ticket/index.ts';

/** Who does the work and by when: what the HTTP face may ask of agents, teams and clocks. */
export interface AgentDesk {
  readonly patchAgent: (name: string, patch: AgentPatch, actor: string) => Promise<Agent>;
  readonly reassign: (
    id: string,
    wish: { agent?: string | undefined; reason?: string | undefined },
    actor: string,
  ) => Promise<Ticket>;
  readonly waitForCustomer: (id: string, actor: string) => Promise<Ticket>;
  readonly continueTicket: (id: string, actor: string) => Promise<Ticket>;
  readonly teams: () => Promise<Team[]>;
  readonly putTeam: (team: Team, actor: string) => Promise<Team>;
  readonly deleteTeam: (name: string, actor: string) => Promise<void>;
  readonly clocks: (filters: ClockFilters) => Promise<{ items: ClockRow[]; more: boolean }>;
  readonly clocksOf: (ticketId: string) => Promise<ClockRow[]>;
  readonly countClocks: Sla['counts'];
  readonly queueDepth: () => Promise<QueueDepth>;
}

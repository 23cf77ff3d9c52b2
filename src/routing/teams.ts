import { type MatchableTicket, queueOf, triageQueue } from './skill-matching.ts';

export interface Team {
  readonly name: string;
  /** Categories and departments, or `triage` for tickets without a trustworthy category. */
  readonly serves: readonly string[];
  /** Names of agents. */
  readonly members: readonly string[];
  /** Minutes of waiting after which anybody with the skill may have the ticket, ≥ 1; null: never. */
  readonly overflowMinutes: number | null;
}

const minute = 60_000;

/**
 * Who alone may have a ticket: the members of the teams that serve its category, or, where none names that, its
 * department. Undefined where no team serves it, or where it has waited long enough for anybody.
 */
export function membersFor(
  ticket: MatchableTicket & { readonly since: Date },
  teams: readonly Team[],
  now: Date,
): ReadonlySet<string> | undefined {
  const serving = teamsServing(ticket, teams);
  if (serving.length === 0) return undefined;
  const overflow = shortestOverflow(serving);
  if (overflow !== null && now.getTime() - ticket.since.getTime() >= overflow * minute) return undefined;
  return new Set(serving.flatMap((t) => t.members));
}

function teamsServing(ticket: MatchableTicket, teams: readonly Team[]): Team[] {
  const names = queueOf(ticket) === triageQueue ? [triageQueue] : [ticket.category, ticket.department];
  for (const name of names) {
    const serving = name === null ? [] : teams.filter((t) => t.serves.includes(name));
    if (serving.length > 0) return serving;
  }
  return [];
}

function shortestOverflow(teams: readonly Team[]): number | null {
  const minutes = teams.flatMap((t) => (t.overflowMinutes === null ? [] : [t.overflowMinutes]));
  return minutes.length === 0 ? null : Math.min(...minutes);
}

/** The same rule for one agent as lists of names, for a query; null where there are no teams. */
export interface TeamNames {
  /** Served by any team. */
  readonly all: string[];
  /** Served by a team that the agent belongs to. */
  readonly mine: string[];
  /** Minutes after which others may have it, by name; a name that is missing stays with its team. */
  readonly overflow: Readonly<Record<string, number>>;
}

export function teamNamesOf(agent: string, teams: readonly Team[]): TeamNames | null {
  if (teams.length === 0) return null;
  const all = [...new Set(teams.flatMap((t) => t.serves))];
  const mine = [...new Set(teams.filter((t) => t.members.includes(agent)).flatMap((t) => t.serves))];
  const overflow = all.flatMap((name) => {
    const minutes = shortestOverflow(teams.filter((t) => t.serves.includes(name)));
    return minutes === null ? [] : [[name, minutes] as const];
  });
  return { all, mine, overflow: Object.fromEntries(overflow) };
}

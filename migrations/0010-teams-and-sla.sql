-- Teams: what they serve is offered to their members first.
CREATE TABLE routing.teams (
  name text PRIMARY KEY,
  -- Categories, departments, or 'triage' for tickets without a trustworthy category.
  serves text[] NOT NULL,
  -- Names of agents; one who does not exist serves nobody.
  members text[] NOT NULL,
  -- After so many minutes of waiting anybody with the skill may have it; null: never.
  overflow_minutes integer CHECK (overflow_minutes > 0),
  created_at timestamptz NOT NULL
);

-- Offline, and keeps what it holds all the same.
ALTER TABLE routing.agents ADD COLUMN keeps boolean NOT NULL DEFAULT false;

-- SLA clocks. Kept by a subscriber of the outbox: no foreign key, so that nothing waits for a ticket's row.
CREATE TABLE routing.sla_clocks (
  ticket_id uuid NOT NULL,
  clock text NOT NULL CHECK (clock IN ('first_response', 'next_response', 'resolution')),
  -- 1 for the first time it runs; a further message or a reopening begins the next.
  round integer NOT NULL,
  priority text NOT NULL CHECK (priority IN ('low', 'medium', 'high')),
  -- Business minutes: the target, and those used before `running_since`.
  target double precision NOT NULL,
  used double precision NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL,
  -- Null while it is paused or stopped.
  running_since timestamptz,
  -- Null while it is paused.
  due_at timestamptz,
  -- From then on too little is left, whatever the queue says.
  risk_at timestamptz,
  stopped_at timestamptz,
  -- When it was due and not stopped; stays.
  breached_at timestamptz,
  -- When it was first seen to be at risk, and why: 'little-left' or 'queue'.
  at_risk_at timestamptz,
  risk text,
  PRIMARY KEY (ticket_id, clock, round)
);
CREATE INDEX sla_clocks_due ON routing.sla_clocks (due_at) WHERE stopped_at IS NULL;
CREATE INDEX sla_clocks_answered ON routing.sla_clocks (priority, stopped_at DESC)
  WHERE clock = 'first_response' AND stopped_at IS NOT NULL;

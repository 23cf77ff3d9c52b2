-- Tickets that report the same problem, and the incidents that they become.
CREATE SCHEMA triage;

CREATE TABLE triage.incidents (
  -- MI-XXXXXXXX
  id text PRIMARY KEY,
  status text NOT NULL CHECK (status IN ('open', 'resolved')),
  -- Subject of the ticket in the middle of its members.
  title text NOT NULL,
  category text,
  centre_ticket uuid NOT NULL,
  -- The group of tickets that it was opened for.
  cluster_id uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  last_member_at timestamptz NOT NULL,
  -- Since when it has been quiet for so long that somebody should close it; a new member takes that back.
  close_proposed_at timestamptz,
  resolved_at timestamptz,
  resolved_by text,
  -- Whether closing resolves the members that were told.
  resolve_members boolean
);
CREATE INDEX incidents_newest ON triage.incidents (opened_at DESC, id DESC);
CREATE INDEX incidents_open ON triage.incidents (last_member_at) WHERE status = 'open';
CREATE INDEX incidents_cluster ON triage.incidents (cluster_id);

-- What changes in the memory of each process: read on from the number up to which it was read. Whoever takes numbers
-- holds the lock of duplicates until the commit, so that none appears behind one that was read.
CREATE SEQUENCE triage.memory_seq;

-- One row a ticket that took part. A cluster is named by its first ticket. No foreign key, as with audit.steps: ticket
-- and member are written together.
CREATE TABLE triage.members (
  ticket_id uuid PRIMARY KEY,
  cluster_id uuid NOT NULL,
  incident_id text REFERENCES triage.incidents,
  customer_id uuid,
  at timestamptz NOT NULL,
  probability double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
  -- The earliest ticket of the same problem at that moment.
  duplicate_of uuid,
  same_customer boolean NOT NULL,
  -- Others are compared with it: representative; no longer: withdrawn; never: plain.
  role text NOT NULL CHECK (role IN ('representative', 'withdrawn', 'plain')),
  fingerprint bytea,
  seq bigint NOT NULL,
  -- On the first ticket of a cluster: when somebody was last told of how urgent it is.
  alerted_at timestamptz,
  -- It stands in no queue because it waits for what the incident comes to.
  held boolean NOT NULL DEFAULT false,
  -- When its customer was last told something through the incident.
  told_at timestamptz,
  detached_at timestamptz,
  CHECK (role = 'plain' OR fingerprint IS NOT NULL)
);
CREATE INDEX members_memory ON triage.members (seq) WHERE role <> 'plain';
CREATE INDEX members_cluster ON triage.members (cluster_id, at);
CREATE INDEX members_incident ON triage.members (incident_id, at, ticket_id) WHERE incident_id IS NOT NULL;
CREATE INDEX members_held ON triage.members (incident_id) WHERE held;

-- The timeline of an incident; members that come by themselves are not among it.
CREATE TABLE triage.incident_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident_id text NOT NULL REFERENCES triage.incidents,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('opened', 'close-proposed', 'proposal-withdrawn', 'closed', 'reopened', 'detached', 'attached', 'replied')),
  data jsonb NOT NULL
);
CREATE INDEX incident_events_order ON triage.incident_events (incident_id, id);
CREATE TRIGGER incident_events_append_only BEFORE UPDATE OR DELETE ON triage.incident_events
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

CREATE TABLE triage.incident_replies (
  id uuid PRIMARY KEY,
  incident_id text NOT NULL REFERENCES triage.incidents,
  -- Of the Idempotency-Key: what was sent under it is not sent twice.
  effect text UNIQUE,
  -- By language.
  texts jsonb NOT NULL,
  result jsonb NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX incident_replies_incident ON triage.incident_replies (incident_id, at);

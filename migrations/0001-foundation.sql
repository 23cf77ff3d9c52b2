-- One schema per room. Forward only: a released file is never changed, the next number follows.
CREATE SCHEMA platform;
CREATE SCHEMA intake;
CREATE SCHEMA knowledge;
CREATE SCHEMA routing;
CREATE SCHEMA audit;

-- platform ------------------------------------------------------------------------------------------

-- Append-only: who did what to which subject, written in the transaction that does it.
CREATE TABLE platform.ledger (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX ledger_subject ON platform.ledger (subject_type, subject_id, id);

CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'raise_exception';
END $$;
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON platform.ledger
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

-- First answer of a POST with an Idempotency-Key; response_status is null while it is in flight.
CREATE TABLE platform.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  owner bigint NOT NULL,
  response_status integer,
  response_body text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_age ON platform.idempotency_keys (created_at);

CREATE TABLE platform.api_keys (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  scope text NOT NULL CHECK (scope IN ('admin', 'agent', 'customer')),
  hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);

-- intake --------------------------------------------------------------------------------------------

CREATE TABLE intake.customers (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  name text,
  created_at timestamptz NOT NULL
);
-- Addresses are compared without regard to case and kept as written first.
CREATE UNIQUE INDEX customers_email ON intake.customers (lower(email));

CREATE TABLE intake.tickets (
  id uuid PRIMARY KEY,
  client_ticket_id text UNIQUE,
  -- Hash of what the client sent: the same client id with other content is a conflict.
  content_hash text NOT NULL,
  -- Rows of a file: hash of the file and row, so that a file run twice stores nothing new.
  source_key text UNIQUE,
  subject text NOT NULL,
  body text NOT NULL,
  customer_id uuid REFERENCES intake.customers,
  channel text NOT NULL,
  language text NOT NULL CHECK (language IN ('en', 'de', 'other')),
  requested_priority text,
  metadata jsonb NOT NULL DEFAULT '{}',
  status text NOT NULL CHECK (status IN ('new', 'processing', 'awaiting_review', 'waiting_customer', 'resolved', 'closed', 'failed')),
  handled_by text CHECK (handled_by IN ('ai', 'human')),
  category text,
  department text,
  intent text NOT NULL DEFAULT 'unknown',
  abstained boolean,
  confidence double precision CHECK (confidence BETWEEN 0 AND 1),
  alternatives jsonb NOT NULL DEFAULT '[]',
  urgency_score double precision CHECK (urgency_score BETWEEN 0 AND 1),
  priority text CHECK (priority IN ('low', 'medium', 'high')),
  sentiment text,
  model_used text,
  model_version text,
  model_intent text,
  model_confidence double precision CHECK (model_confidence BETWEEN 0 AND 1),
  suggestion text NOT NULL DEFAULT '',
  citations jsonb NOT NULL DEFAULT '[]',
  decision_id uuid,
  -- How often the ticket was taken through the steps: a reopened ticket is run anew under the next number.
  run integer NOT NULL DEFAULT 0,
  -- Which process works on it while `processing`; a process that is gone has lost it (see platform/db/presence).
  owner bigint,
  -- How often this run was begun or taken over; a ticket that ends its process each time goes to a person.
  tries integer NOT NULL DEFAULT 0,
  agent text,
  assignment text NOT NULL DEFAULT 'none' CHECK (assignment IN ('assigned', 'waiting', 'none')),
  queue text,
  queued_at timestamptz,
  -- The agent who gave it back: it never returns straight to the same one.
  released_by text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  resolved_at timestamptz,
  closed_at timestamptz,
  CHECK ((assignment = 'assigned') = (agent IS NOT NULL)),
  CHECK (status <> 'processing' OR owner IS NOT NULL)
);
CREATE INDEX tickets_newest ON intake.tickets (created_at DESC, id DESC);
CREATE INDEX tickets_status ON intake.tickets (status, created_at DESC);
CREATE INDEX tickets_customer ON intake.tickets (customer_id, created_at DESC);
CREATE INDEX tickets_processing ON intake.tickets (owner) WHERE status = 'processing';
-- The waiting queue in its order: priority (high first), then arrival.
CREATE INDEX tickets_waiting ON intake.tickets
  ((CASE priority WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END), queued_at, id)
  WHERE assignment = 'waiting';

CREATE TABLE intake.messages (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES intake.tickets,
  author text NOT NULL CHECK (author IN ('customer', 'agent', 'ai', 'system')),
  actor text NOT NULL,
  text text NOT NULL,
  private boolean NOT NULL DEFAULT false,
  -- Replies only: pending until a channel has taken it. The API channel delivers by being read.
  delivery text CHECK (delivery IN ('pending', 'delivered', 'failed')),
  citations jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL
);
CREATE INDEX messages_ticket ON intake.messages (ticket_id, created_at, id);

CREATE TABLE intake.feedback (
  ticket_id uuid PRIMARY KEY REFERENCES intake.tickets,
  rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
  resolved boolean NOT NULL,
  comment text,
  created_at timestamptz NOT NULL
);

-- knowledge -----------------------------------------------------------------------------------------

CREATE TABLE knowledge.documents (
  id uuid PRIMARY KEY,
  -- Where it came from: a path below DOCUMENTS_PATH, or 'upload:<name>'.
  source text NOT NULL UNIQUE,
  title text NOT NULL,
  language text NOT NULL CHECK (language IN ('en', 'de', 'other')),
  category text,
  content_type text NOT NULL,
  content_hash text NOT NULL,
  text text NOT NULL,
  -- Why it could not be read; such a document has no chunks and stops nothing.
  problem text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

CREATE TABLE knowledge.chunks (
  id uuid PRIMARY KEY,
  document_id uuid NOT NULL REFERENCES knowledge.documents ON DELETE CASCADE,
  position integer NOT NULL,
  heading text NOT NULL,
  text text NOT NULL,
  -- Questions in customers' words that an author noted for this section; searched, never shown.
  asked text[] NOT NULL,
  language text NOT NULL,
  category text,
  -- Text with the parts of German compounds added: what the index sees.
  search_text text NOT NULL,
  terms tsvector NOT NULL,
  UNIQUE (document_id, position)
);
CREATE INDEX chunks_terms ON knowledge.chunks USING gin (terms);

-- One row a change of the knowledge; its version goes on every answer.
CREATE TABLE knowledge.versions (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hash text NOT NULL,
  documents integer NOT NULL,
  chunks integer NOT NULL,
  created_at timestamptz NOT NULL
);

-- routing -------------------------------------------------------------------------------------------

CREATE TABLE routing.agents (
  name text PRIMARY KEY,
  skills jsonb NOT NULL,
  capacity integer NOT NULL CHECK (capacity >= 0),
  load integer NOT NULL DEFAULT 0 CHECK (load >= 0),
  online boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL
);

CREATE TABLE routing.assignments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES intake.tickets,
  agent text NOT NULL,
  assigned_at timestamptz NOT NULL,
  freed_at timestamptz,
  freed_by text
);
-- A ticket is held by one agent at a time.
CREATE UNIQUE INDEX assignments_open ON routing.assignments (ticket_id) WHERE freed_at IS NULL;
CREATE INDEX assignments_agent ON routing.assignments (agent) WHERE freed_at IS NULL;

CREATE TABLE routing.reviews (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES intake.tickets,
  status text NOT NULL CHECK (status IN ('pending', 'approved', 'edited', 'rejected', 'escalated')),
  -- The rule or guardrail that asked for a person.
  reason text NOT NULL,
  notes jsonb NOT NULL DEFAULT '[]',
  draft text,
  citations jsonb NOT NULL DEFAULT '[]',
  reply text,
  category text,
  decision_reason text,
  decided_by text,
  created_at timestamptz NOT NULL,
  decided_at timestamptz
);
CREATE UNIQUE INDEX reviews_pending ON routing.reviews (ticket_id) WHERE status = 'pending';
CREATE INDEX reviews_newest ON routing.reviews (created_at DESC, id DESC);

-- audit ---------------------------------------------------------------------------------------------

-- One verdict a step and run. A step that has one is not run again: so a crash resumes by itself.
-- No foreign key: the pipeline writes ticket and steps together, and the check of each row would cost as much as the row.
CREATE TABLE audit.steps (
  ticket_id uuid NOT NULL,
  run integer NOT NULL,
  step text NOT NULL,
  verdict jsonb NOT NULL,
  versions jsonb NOT NULL,
  milliseconds double precision NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (ticket_id, run, step)
);
CREATE TRIGGER steps_append_only BEFORE UPDATE OR DELETE ON audit.steps
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

-- What the system did with a run, and why.
CREATE TABLE audit.decisions (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES intake.tickets,
  run integer NOT NULL,
  outcome text NOT NULL,
  decided_by text NOT NULL,
  checks jsonb NOT NULL,
  versions jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (ticket_id, run)
);
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON audit.decisions
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

-- One row an answered message: what was asked, found, said, judged and done.
CREATE TABLE audit.interactions (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES intake.tickets,
  run integer NOT NULL,
  review_id uuid,
  message text NOT NULL,
  language text NOT NULL,
  category text NOT NULL,
  router_confidence double precision NOT NULL,
  abstained boolean NOT NULL,
  passages jsonb NOT NULL,
  method text,
  tone text,
  answer text,
  final_answer text NOT NULL,
  citations jsonb NOT NULL,
  judge_score double precision NOT NULL,
  judge jsonb,
  judge_reasoning text NOT NULL,
  guardrail_action text NOT NULL,
  guardrail_notes jsonb NOT NULL,
  attempts integer NOT NULL,
  attempt_log jsonb NOT NULL,
  model_used text NOT NULL,
  versions jsonb NOT NULL,
  timings_ms jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (ticket_id, run)
);
CREATE INDEX interactions_newest ON audit.interactions (created_at DESC, id DESC);
CREATE INDEX interactions_category ON audit.interactions (category, created_at DESC);
CREATE INDEX interactions_action ON audit.interactions (guardrail_action, created_at DESC);
CREATE TRIGGER interactions_append_only BEFORE UPDATE OR DELETE ON audit.interactions
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

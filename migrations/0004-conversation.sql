-- Customers as people we talk to, chat sessions, and what a process needs to answer a burst of messages once.

-- Somebody who opens a chat has no address yet.
ALTER TABLE intake.customers ALTER COLUMN email DROP NOT NULL;
ALTER TABLE intake.customers
  -- The client's own id of this customer.
  ADD COLUMN external_id text UNIQUE,
  ADD COLUMN tier text NOT NULL DEFAULT 'standard' CHECK (tier IN ('free', 'standard', 'premium', 'enterprise')),
  -- Set by a person; null: it is read from how the customer writes.
  ADD COLUMN style text CHECK (style IN ('neutral', 'formal', 'casual', 'technical', 'brief')),
  ADD COLUMN language text CHECK (language IN ('en', 'de')),
  ADD COLUMN notes text NOT NULL DEFAULT '',
  ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
  -- What a chat visitor says the address is: shown to agents, never used to find a customer.
  ADD COLUMN claimed_email text,
  ADD COLUMN updated_at timestamptz;
UPDATE intake.customers SET updated_at = created_at;
CREATE INDEX customers_newest ON intake.customers (created_at DESC, id DESC);

CREATE TABLE intake.sessions (
  -- Chosen by the client; knowing it grants nothing.
  id text PRIMARY KEY,
  -- Stands in the token: a session that was removed and opened again is another one.
  key uuid NOT NULL,
  customer_id uuid NOT NULL REFERENCES intake.customers,
  -- The conversation that goes on; earlier ones are found by tickets.session_id.
  ticket_id uuid REFERENCES intake.tickets,
  channel text NOT NULL,
  opened_by text NOT NULL,
  opened_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  -- When the customer was first told that a machine answers.
  disclosed_at timestamptz
);
CREATE INDEX sessions_customer ON intake.sessions (customer_id);

ALTER TABLE intake.tickets
  ADD COLUMN session_id text REFERENCES intake.sessions,
  -- Place of the ticket's own text among the messages of its session (messages.seq).
  ADD COLUMN session_seq bigint,
  -- First message of a burst that has no answer yet, and when the machine is to answer it; null: nobody waits for it.
  ADD COLUMN burst_since timestamptz,
  ADD COLUMN answer_at timestamptz;
CREATE INDEX tickets_session ON intake.tickets (session_id, created_at) WHERE session_id IS NOT NULL;
CREATE INDEX tickets_answer_due ON intake.tickets (answer_at) WHERE answer_at IS NOT NULL;

-- The order in which messages came to stand, which clocks of several processes cannot give. Within a ticket it is
-- that of the commits, because whoever writes a message holds the ticket.
ALTER TABLE intake.messages ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;

-- Keys that all processes share and that outlive a restart.
CREATE TABLE platform.secrets (
  name text PRIMARY KEY,
  value text NOT NULL,
  created_at timestamptz NOT NULL
);

-- Pages of documents, and what customers attach to their messages.

-- Page of a PDF on which the chunk begins, from 1; null where a document has no pages.
ALTER TABLE knowledge.chunks ADD COLUMN page integer CHECK (page >= 1);

-- A file as it came, and the text that was read from it once; a file that cannot be read is kept with the reason.
CREATE TABLE intake.attachments (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES intake.tickets,
  -- The message that it came with; null: the ticket itself.
  message_id uuid REFERENCES intake.messages,
  -- Order within one sending, from 0.
  position integer NOT NULL CHECK (position >= 0),
  name text NOT NULL,
  -- As the sender named it; never served as the type of a page.
  content_type text NOT NULL,
  size integer NOT NULL CHECK (size >= 0),
  sha256 text NOT NULL,
  data bytea NOT NULL,
  text text,
  problem text,
  created_at timestamptz NOT NULL,
  CHECK ((text IS NULL) <> (problem IS NULL))
);
CREATE INDEX attachments_ticket ON intake.attachments (ticket_id, created_at, position, id);
CREATE INDEX attachments_message ON intake.attachments (message_id) WHERE message_id IS NOT NULL;
-- Files are packed already as a rule; compressing them again would only cost time.
ALTER TABLE intake.attachments ALTER COLUMN data SET STORAGE EXTERNAL;

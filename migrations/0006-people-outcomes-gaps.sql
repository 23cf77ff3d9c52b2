-- What people did with drafts, what became of resolved tickets, and questions that the knowledge has no answer to.

-- Pairs to learn from: what the machine would have said, and what a person said instead.
CREATE TABLE audit.reply_pairs (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES intake.tickets,
  -- A review is decided once.
  review_id uuid NOT NULL UNIQUE REFERENCES routing.reviews,
  run integer NOT NULL,
  -- Why a person was asked (src/policy/review-reasons.ts).
  reason text NOT NULL,
  message text NOT NULL,
  -- null: the person wrote without a draft.
  draft text,
  -- null: the draft was rejected and nothing was sent.
  reply text,
  -- The reply is the draft, letter by letter.
  unchanged boolean NOT NULL,
  -- Of draft and reply, in [0,1]; null where one of them is missing.
  similarity double precision CHECK (similarity BETWEEN 0 AND 1),
  category text,
  language text NOT NULL,
  citations jsonb NOT NULL,
  actor text NOT NULL,
  created_at timestamptz NOT NULL,
  CHECK (draft IS NOT NULL OR reply IS NOT NULL)
);
CREATE INDEX reply_pairs_newest ON audit.reply_pairs (created_at DESC, id DESC);
CREATE TRIGGER reply_pairs_append_only BEFORE UPDATE OR DELETE ON audit.reply_pairs
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

-- What is known of how a resolution, or a draft that was never sent, turned out. Nothing is ever changed: of several
-- rows on the same work the latest counts.
CREATE TABLE audit.outcomes (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES intake.tickets,
  run integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('confirmed', 'assumed', 'reopened', 'contradicted')),
  -- What told us: feedback, thanks, silence, message, reopening, review-edit, review-reject, category-correction.
  source text NOT NULL,
  -- Whose work it speaks of.
  handled_by text NOT NULL CHECK (handled_by IN ('ai', 'human')),
  -- The resolution it speaks of; null: of the verdict or draft of the run, which a person changed before it was sent.
  resolved_at timestamptz,
  category text,
  language text NOT NULL,
  model text NOT NULL,
  evidence jsonb NOT NULL,
  at timestamptz NOT NULL,
  CHECK (kind <> 'assumed' OR resolved_at IS NOT NULL)
);
CREATE INDEX outcomes_work ON audit.outcomes (ticket_id, run, handled_by, resolved_at, at DESC);
-- Silence is noted once a resolution, by whichever process comes first.
CREATE UNIQUE INDEX outcomes_assumed ON audit.outcomes (ticket_id, resolved_at) WHERE kind = 'assumed';
CREATE TRIGGER outcomes_append_only BEFORE UPDATE OR DELETE ON audit.outcomes
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE INDEX tickets_resolved ON intake.tickets (resolved_at) WHERE resolved_at IS NOT NULL;

-- Groups of questions that found nothing.
CREATE TABLE knowledge.gaps (
  id uuid PRIMARY KEY,
  -- The most central question of the group.
  label text NOT NULL,
  language text NOT NULL,
  category text,
  questions integer NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'drafted', 'covered', 'dismissed')),
  -- The version of the knowledge in which the questions were last looked for.
  checked_version text,
  dismissed_by text,
  updated_at timestamptz NOT NULL
);
CREATE INDEX gaps_order ON knowledge.gaps (last_seen DESC, id DESC);

CREATE TABLE knowledge.gap_questions (
  id uuid PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES intake.tickets,
  run integer NOT NULL,
  text text NOT NULL,
  language text NOT NULL,
  category text,
  at timestamptz NOT NULL,
  -- null: not grouped yet. It never changes afterwards.
  gap_id uuid REFERENCES knowledge.gaps,
  -- Relevance of the best passage when it was grouped: what is found later must be better. 0: nothing was found.
  relevance double precision CHECK (relevance BETWEEN 0 AND 1)
);
CREATE INDEX gap_questions_new ON knowledge.gap_questions (at, id) WHERE gap_id IS NULL;
CREATE INDEX gap_questions_gap ON knowledge.gap_questions (gap_id, at, id);

-- Drafted from replies of people; none is searched before it is approved.
CREATE TABLE knowledge.articles (
  id uuid PRIMARY KEY,
  gap_id uuid NOT NULL REFERENCES knowledge.gaps,
  title text NOT NULL,
  -- Markdown as it goes into the knowledge.
  text text NOT NULL,
  language text NOT NULL,
  category text,
  -- The tickets whose replies it was drafted from.
  tickets uuid[] NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'approved', 'rejected')),
  -- Set when the approved article stands in the knowledge.
  document_id uuid,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz
);
CREATE UNIQUE INDEX articles_draft ON knowledge.articles (gap_id) WHERE status = 'draft';
CREATE INDEX articles_newest ON knowledge.articles (proposed_at DESC, id DESC);

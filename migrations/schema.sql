-- Made by npm run schema:write from the migrations; not run by anything.

CREATE SCHEMA audit;

CREATE SCHEMA intake;

CREATE SCHEMA knowledge;

CREATE SCHEMA platform;

CREATE SCHEMA routing;

CREATE SCHEMA triage;

CREATE OR REPLACE FUNCTION audit.count_tickets()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit.ticket_counts
    SELECT category, status, count(*), count(*) FILTER (WHERE urgency_score > 0.5),
      count(*) FILTER (WHERE urgency_score > 0.8), count(*) FILTER (WHERE assignment = 'waiting')
    FROM came GROUP BY category, status;
  ELSIF TG_OP = 'TRUNCATE' THEN
    DELETE FROM audit.ticket_counts;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO audit.ticket_counts
    SELECT category, status, -count(*), -count(*) FILTER (WHERE urgency_score > 0.5),
      -count(*) FILTER (WHERE urgency_score > 0.8), -count(*) FILTER (WHERE assignment = 'waiting')
    FROM went GROUP BY category, status;
  ELSE
    INSERT INTO audit.ticket_counts
    SELECT category, status, sum(n), sum(n * (urgency_score > 0.5)::int), sum(n * (urgency_score > 0.8)::int),
      sum(n * (assignment = 'waiting')::int)
    FROM (SELECT category, status, coalesce(urgency_score, 0) AS urgency_score, assignment, 1 AS n FROM came
      UNION ALL SELECT category, status, coalesce(urgency_score, 0), assignment, -1 FROM went) changed
    GROUP BY category, status
    HAVING sum(n) <> 0 OR sum(n * (urgency_score > 0.5)::int) <> 0 OR sum(n * (urgency_score > 0.8)::int) <> 0
      OR sum(n * (assignment = 'waiting')::int) <> 0;
  END IF;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION knowledge.tell_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('signalbox_knowledge', '');
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION platform.fill_outbox()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF EXISTS (SELECT FROM platform.subscriptions) THEN
    INSERT INTO platform.outbox (subscriber, ledger_id, at, actor, action, subject_type, subject_id, data)
    SELECT s.subscriber, w.id, w.at, w.actor, w.action, w.subject_type, w.subject_id, w.data
    FROM written w JOIN platform.subscriptions s ON w.action = ANY (s.actions);
  END IF;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION platform.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'raise_exception';
END $function$
;

CREATE SEQUENCE triage.memory_seq AS bigint;

CREATE TABLE audit.decisions (
  id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  run integer NOT NULL,
  outcome text NOT NULL,
  decided_by text NOT NULL,
  checks jsonb NOT NULL,
  versions jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT decisions_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT decisions_pkey PRIMARY KEY (id),
  CONSTRAINT decisions_ticket_id_run_key UNIQUE (ticket_id, run)
);
CREATE TRIGGER decisions_append_only BEFORE DELETE OR UPDATE ON audit.decisions FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

CREATE TABLE audit.interactions (
  id uuid NOT NULL,
  ticket_id uuid NOT NULL,
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
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT interactions_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT interactions_pkey PRIMARY KEY (id),
  CONSTRAINT interactions_ticket_id_run_key UNIQUE (ticket_id, run)
);
CREATE INDEX interactions_action ON audit.interactions USING btree (guardrail_action, created_at DESC);
CREATE INDEX interactions_category ON audit.interactions USING btree (category, created_at DESC);
CREATE INDEX interactions_newest ON audit.interactions USING btree (created_at DESC, id DESC);
CREATE TRIGGER interactions_append_only BEFORE DELETE OR UPDATE ON audit.interactions FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

CREATE TABLE audit.outcomes (
  id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  run integer NOT NULL,
  kind text NOT NULL,
  source text NOT NULL,
  handled_by text NOT NULL,
  resolved_at timestamp with time zone,
  category text,
  language text NOT NULL,
  model text NOT NULL,
  evidence jsonb NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT outcomes_check CHECK (((kind <> 'assumed'::text) OR (resolved_at IS NOT NULL))),
  CONSTRAINT outcomes_handled_by_check CHECK ((handled_by = ANY (ARRAY['ai'::text, 'human'::text]))),
  CONSTRAINT outcomes_kind_check CHECK ((kind = ANY (ARRAY['confirmed'::text, 'assumed'::text, 'reopened'::text, 'contradicted'::text]))),
  CONSTRAINT outcomes_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT outcomes_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX outcomes_assumed ON audit.outcomes USING btree (ticket_id, resolved_at) WHERE (kind = 'assumed'::text);
CREATE INDEX outcomes_work ON audit.outcomes USING btree (ticket_id, run, handled_by, resolved_at, at DESC);
CREATE TRIGGER outcomes_append_only BEFORE DELETE OR UPDATE ON audit.outcomes FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

CREATE TABLE audit.reply_pairs (
  id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  review_id uuid NOT NULL,
  run integer NOT NULL,
  reason text NOT NULL,
  message text NOT NULL,
  draft text,
  reply text,
  unchanged boolean NOT NULL,
  similarity double precision,
  category text,
  language text NOT NULL,
  citations jsonb NOT NULL,
  actor text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT reply_pairs_check CHECK (((draft IS NOT NULL) OR (reply IS NOT NULL))),
  CONSTRAINT reply_pairs_similarity_check CHECK (((similarity >= (0)::double precision) AND (similarity <= (1)::double precision))),
  CONSTRAINT reply_pairs_review_id_fkey FOREIGN KEY (review_id) REFERENCES routing.reviews(id),
  CONSTRAINT reply_pairs_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT reply_pairs_pkey PRIMARY KEY (id),
  CONSTRAINT reply_pairs_review_id_key UNIQUE (review_id)
);
CREATE INDEX reply_pairs_newest ON audit.reply_pairs USING btree (created_at DESC, id DESC);
CREATE TRIGGER reply_pairs_append_only BEFORE DELETE OR UPDATE ON audit.reply_pairs FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

CREATE TABLE audit.steps (
  ticket_id uuid NOT NULL,
  run integer NOT NULL,
  step text NOT NULL,
  verdict jsonb NOT NULL,
  versions jsonb NOT NULL,
  milliseconds double precision NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT steps_pkey PRIMARY KEY (ticket_id, run, step)
);
CREATE TRIGGER steps_append_only BEFORE DELETE OR UPDATE ON audit.steps FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

CREATE TABLE audit.ticket_counts (
  category text,
  status text NOT NULL,
  tickets bigint NOT NULL,
  urgent bigint NOT NULL,
  critical bigint NOT NULL,
  waiting bigint NOT NULL
);

CREATE TABLE intake.attachments (
  id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  message_id uuid,
  "position" integer NOT NULL,
  name text NOT NULL,
  content_type text NOT NULL,
  size integer NOT NULL,
  sha256 text NOT NULL,
  data bytea NOT NULL,
  text text,
  problem text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT attachments_check CHECK (((text IS NULL) <> (problem IS NULL))),
  CONSTRAINT attachments_position_check CHECK (("position" >= 0)),
  CONSTRAINT attachments_size_check CHECK ((size >= 0)),
  CONSTRAINT attachments_message_id_fkey FOREIGN KEY (message_id) REFERENCES intake.messages(id),
  CONSTRAINT attachments_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT attachments_pkey PRIMARY KEY (id)
);
CREATE INDEX attachments_message ON intake.attachments USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX attachments_ticket ON intake.attachments USING btree (ticket_id, created_at, "position", id);

CREATE TABLE intake.customers (
  id uuid NOT NULL,
  email text,
  name text,
  created_at timestamp with time zone NOT NULL,
  external_id text,
  tier text DEFAULT 'standard'::text NOT NULL,
  style text,
  language text,
  notes text DEFAULT ''::text NOT NULL,
  metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  claimed_email text,
  updated_at timestamp with time zone,
  CONSTRAINT customers_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text]))),
  CONSTRAINT customers_style_check CHECK ((style = ANY (ARRAY['neutral'::text, 'formal'::text, 'casual'::text, 'technical'::text, 'brief'::text]))),
  CONSTRAINT customers_tier_check CHECK ((tier = ANY (ARRAY['free'::text, 'standard'::text, 'premium'::text, 'enterprise'::text]))),
  CONSTRAINT customers_pkey PRIMARY KEY (id),
  CONSTRAINT customers_external_id_key UNIQUE (external_id)
);
CREATE UNIQUE INDEX customers_email ON intake.customers USING btree (lower(email));
CREATE INDEX customers_newest ON intake.customers USING btree (created_at DESC, id DESC);

CREATE TABLE intake.feedback (
  ticket_id uuid NOT NULL,
  rating integer NOT NULL,
  resolved boolean NOT NULL,
  comment text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT feedback_rating_check CHECK (((rating >= 1) AND (rating <= 5))),
  CONSTRAINT feedback_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT feedback_pkey PRIMARY KEY (ticket_id)
);

CREATE TABLE intake.messages (
  id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  author text NOT NULL,
  actor text NOT NULL,
  text text NOT NULL,
  private boolean DEFAULT false NOT NULL,
  delivery text,
  citations jsonb DEFAULT '[]'::jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  CONSTRAINT messages_author_check CHECK ((author = ANY (ARRAY['customer'::text, 'agent'::text, 'ai'::text, 'system'::text]))),
  CONSTRAINT messages_delivery_check CHECK ((delivery = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text]))),
  CONSTRAINT messages_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT messages_pkey PRIMARY KEY (id)
);
CREATE INDEX messages_ticket ON intake.messages USING btree (ticket_id, created_at, id);

CREATE TABLE intake.sessions (
  id text NOT NULL,
  key uuid NOT NULL,
  customer_id uuid NOT NULL,
  ticket_id uuid,
  channel text NOT NULL,
  opened_by text NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  disclosed_at timestamp with time zone,
  CONSTRAINT sessions_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES intake.customers(id),
  CONSTRAINT sessions_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT sessions_pkey PRIMARY KEY (id)
);
CREATE INDEX sessions_customer ON intake.sessions USING btree (customer_id);

CREATE TABLE intake.tickets (
  id uuid NOT NULL,
  client_ticket_id text,
  content_hash text NOT NULL,
  source_key text,
  subject text NOT NULL,
  body text NOT NULL,
  customer_id uuid,
  channel text NOT NULL,
  language text NOT NULL,
  requested_priority text,
  metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  status text NOT NULL,
  handled_by text,
  category text,
  department text,
  intent text DEFAULT 'unknown'::text NOT NULL,
  abstained boolean,
  confidence double precision,
  alternatives jsonb DEFAULT '[]'::jsonb NOT NULL,
  urgency_score double precision,
  priority text,
  sentiment text,
  model_used text,
  model_version text,
  model_intent text,
  model_confidence double precision,
  suggestion text DEFAULT ''::text NOT NULL,
  citations jsonb DEFAULT '[]'::jsonb NOT NULL,
  decision_id uuid,
  run integer DEFAULT 0 NOT NULL,
  owner bigint,
  tries integer DEFAULT 0 NOT NULL,
  agent text,
  assignment text DEFAULT 'none'::text NOT NULL,
  queue text,
  queued_at timestamp with time zone,
  released_by text,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  resolved_at timestamp with time zone,
  closed_at timestamp with time zone,
  session_id text,
  session_seq bigint,
  burst_since timestamp with time zone,
  answer_at timestamp with time zone,
  CONSTRAINT tickets_assignment_check CHECK ((assignment = ANY (ARRAY['assigned'::text, 'waiting'::text, 'none'::text]))),
  CONSTRAINT tickets_check CHECK (((assignment = 'assigned'::text) = (agent IS NOT NULL))),
  CONSTRAINT tickets_check1 CHECK (((status <> 'processing'::text) OR (owner IS NOT NULL))),
  CONSTRAINT tickets_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
  CONSTRAINT tickets_handled_by_check CHECK ((handled_by = ANY (ARRAY['ai'::text, 'human'::text]))),
  CONSTRAINT tickets_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text, 'other'::text]))),
  CONSTRAINT tickets_model_confidence_check CHECK (((model_confidence >= (0)::double precision) AND (model_confidence <= (1)::double precision))),
  CONSTRAINT tickets_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
  CONSTRAINT tickets_status_check CHECK ((status = ANY (ARRAY['new'::text, 'processing'::text, 'awaiting_review'::text, 'waiting_customer'::text, 'resolved'::text, 'closed'::text, 'failed'::text]))),
  CONSTRAINT tickets_urgency_score_check CHECK (((urgency_score >= (0)::double precision) AND (urgency_score <= (1)::double precision))),
  CONSTRAINT tickets_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES intake.customers(id),
  CONSTRAINT tickets_session_id_fkey FOREIGN KEY (session_id) REFERENCES intake.sessions(id),
  CONSTRAINT tickets_pkey PRIMARY KEY (id),
  CONSTRAINT tickets_client_ticket_id_key UNIQUE (client_ticket_id),
  CONSTRAINT tickets_source_key_key UNIQUE (source_key)
);
CREATE INDEX tickets_answer_due ON intake.tickets USING btree (answer_at) WHERE (answer_at IS NOT NULL);
CREATE INDEX tickets_category ON intake.tickets USING btree (category, created_at DESC, id DESC);
CREATE INDEX tickets_customer ON intake.tickets USING btree (customer_id, created_at DESC);
CREATE INDEX tickets_newest ON intake.tickets USING btree (created_at DESC, id DESC);
CREATE INDEX tickets_processing ON intake.tickets USING btree (owner) WHERE (status = 'processing'::text);
CREATE INDEX tickets_resolved ON intake.tickets USING btree (resolved_at) WHERE (resolved_at IS NOT NULL);
CREATE INDEX tickets_session ON intake.tickets USING btree (session_id, created_at) WHERE (session_id IS NOT NULL);
CREATE INDEX tickets_status ON intake.tickets USING btree (status, created_at DESC);
CREATE INDEX tickets_waiting ON intake.tickets USING btree ((
CASE priority
    WHEN 'high'::text THEN 0
    WHEN 'medium'::text THEN 1
    ELSE 2
END), queued_at, id) WHERE (assignment = 'waiting'::text);
CREATE TRIGGER tickets_counted_delete AFTER DELETE ON intake.tickets REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION audit.count_tickets();
CREATE TRIGGER tickets_counted_insert AFTER INSERT ON intake.tickets REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION audit.count_tickets();
CREATE TRIGGER tickets_counted_truncate AFTER TRUNCATE ON intake.tickets FOR EACH STATEMENT EXECUTE FUNCTION audit.count_tickets();
CREATE TRIGGER tickets_counted_update AFTER UPDATE ON intake.tickets REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION audit.count_tickets();

CREATE TABLE knowledge.articles (
  id uuid NOT NULL,
  gap_id uuid NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  language text NOT NULL,
  category text,
  tickets uuid[] NOT NULL,
  status text NOT NULL,
  document_id uuid,
  proposed_by text NOT NULL,
  proposed_at timestamp with time zone NOT NULL,
  decided_by text,
  decided_at timestamp with time zone,
  CONSTRAINT articles_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'approved'::text, 'rejected'::text]))),
  CONSTRAINT articles_gap_id_fkey FOREIGN KEY (gap_id) REFERENCES knowledge.gaps(id),
  CONSTRAINT articles_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX articles_draft ON knowledge.articles USING btree (gap_id) WHERE (status = 'draft'::text);
CREATE INDEX articles_newest ON knowledge.articles USING btree (proposed_at DESC, id DESC);

CREATE TABLE knowledge.chunks (
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  "position" integer NOT NULL,
  heading text NOT NULL,
  text text NOT NULL,
  asked text[] NOT NULL,
  language text NOT NULL,
  category text,
  search_text text NOT NULL,
  terms tsvector NOT NULL,
  page integer,
  CONSTRAINT chunks_page_check CHECK ((page >= 1)),
  CONSTRAINT chunks_document_id_fkey FOREIGN KEY (document_id) REFERENCES knowledge.documents(id) ON DELETE CASCADE,
  CONSTRAINT chunks_pkey PRIMARY KEY (id),
  CONSTRAINT chunks_document_id_position_key UNIQUE (document_id, "position")
);
CREATE INDEX chunks_terms ON knowledge.chunks USING gin (terms);

CREATE TABLE knowledge.documents (
  id uuid NOT NULL,
  source text NOT NULL,
  title text NOT NULL,
  language text NOT NULL,
  category text,
  content_type text NOT NULL,
  content_hash text NOT NULL,
  text text NOT NULL,
  problem text,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  warning text,
  CONSTRAINT documents_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text, 'other'::text]))),
  CONSTRAINT documents_pkey PRIMARY KEY (id),
  CONSTRAINT documents_source_key UNIQUE (source)
);

CREATE TABLE knowledge.embedding_indexes (
  id uuid NOT NULL,
  provider text NOT NULL,
  model text,
  dimension integer,
  state text NOT NULL,
  reason text,
  learned bytea,
  learned_chunks integer DEFAULT 0 NOT NULL,
  created_at timestamp with time zone NOT NULL,
  activated_at timestamp with time zone,
  CONSTRAINT embedding_indexes_check CHECK (((state <> 'active'::text) OR ((model IS NOT NULL) AND (dimension IS NOT NULL)))),
  CONSTRAINT embedding_indexes_dimension_check CHECK (((dimension >= 1) AND (dimension <= 65536))),
  CONSTRAINT embedding_indexes_provider_check CHECK ((provider = ANY (ARRAY['builtin'::text, 'onnx'::text, 'openai'::text]))),
  CONSTRAINT embedding_indexes_state_check CHECK ((state = ANY (ARRAY['building'::text, 'active'::text, 'retired'::text, 'failed'::text]))),
  CONSTRAINT embedding_indexes_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX embedding_indexes_one_active ON knowledge.embedding_indexes USING btree (state) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX embedding_indexes_one_building ON knowledge.embedding_indexes USING btree (state) WHERE (state = 'building'::text);

CREATE TABLE knowledge.gap_questions (
  id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  run integer NOT NULL,
  text text NOT NULL,
  language text NOT NULL,
  category text,
  at timestamp with time zone NOT NULL,
  gap_id uuid,
  relevance double precision,
  CONSTRAINT gap_questions_relevance_check CHECK (((relevance >= (0)::double precision) AND (relevance <= (1)::double precision))),
  CONSTRAINT gap_questions_gap_id_fkey FOREIGN KEY (gap_id) REFERENCES knowledge.gaps(id),
  CONSTRAINT gap_questions_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT gap_questions_pkey PRIMARY KEY (id)
);
CREATE INDEX gap_questions_gap ON knowledge.gap_questions USING btree (gap_id, at, id);
CREATE INDEX gap_questions_new ON knowledge.gap_questions USING btree (at, id) WHERE (gap_id IS NULL);

CREATE TABLE knowledge.gaps (
  id uuid NOT NULL,
  label text NOT NULL,
  language text NOT NULL,
  category text,
  questions integer NOT NULL,
  first_seen timestamp with time zone NOT NULL,
  last_seen timestamp with time zone NOT NULL,
  status text NOT NULL,
  checked_version text,
  dismissed_by text,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT gaps_status_check CHECK ((status = ANY (ARRAY['open'::text, 'drafted'::text, 'covered'::text, 'dismissed'::text]))),
  CONSTRAINT gaps_pkey PRIMARY KEY (id)
);
CREATE INDEX gaps_order ON knowledge.gaps USING btree (last_seen DESC, id DESC);

CREATE TABLE knowledge.vectors (
  index_id uuid NOT NULL,
  chunk_id uuid NOT NULL,
  learned boolean NOT NULL,
  vector bytea,
  CONSTRAINT vectors_chunk_id_fkey FOREIGN KEY (chunk_id) REFERENCES knowledge.chunks(id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT vectors_index_id_fkey FOREIGN KEY (index_id) REFERENCES knowledge.embedding_indexes(id) ON DELETE CASCADE,
  CONSTRAINT vectors_pkey PRIMARY KEY (index_id, chunk_id)
);
CREATE INDEX vectors_chunk ON knowledge.vectors USING btree (chunk_id);

CREATE TABLE knowledge.versions (
  number bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  hash text NOT NULL,
  documents integer NOT NULL,
  chunks integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT versions_pkey PRIMARY KEY (number)
);
CREATE TRIGGER versions_tell AFTER INSERT ON knowledge.versions FOR EACH STATEMENT EXECUTE FUNCTION knowledge.tell_change();

CREATE TABLE platform.api_keys (
  id uuid NOT NULL,
  name text NOT NULL,
  scope text NOT NULL,
  hash text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  CONSTRAINT api_keys_scope_check CHECK ((scope = ANY (ARRAY['admin'::text, 'agent'::text, 'customer'::text]))),
  CONSTRAINT api_keys_pkey PRIMARY KEY (id),
  CONSTRAINT api_keys_hash_key UNIQUE (hash),
  CONSTRAINT api_keys_name_key UNIQUE (name)
);

CREATE TABLE platform.idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  owner bigint NOT NULL,
  response_status integer,
  response_body text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_age ON platform.idempotency_keys USING btree (created_at);

CREATE TABLE platform.job_claims (
  job_id uuid NOT NULL,
  queue text NOT NULL,
  owner bigint,
  losses integer DEFAULT 0 NOT NULL,
  begun boolean NOT NULL,
  claimed_at timestamp with time zone NOT NULL,
  CONSTRAINT job_claims_pkey PRIMARY KEY (job_id)
);

CREATE TABLE platform.ledger (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  data jsonb DEFAULT '{}'::jsonb NOT NULL,
  CONSTRAINT ledger_pkey PRIMARY KEY (id)
);
CREATE INDEX ledger_subject ON platform.ledger USING btree (subject_type, subject_id, id);
CREATE TRIGGER ledger_append_only BEFORE DELETE OR UPDATE ON platform.ledger FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER ledger_outbox AFTER INSERT ON platform.ledger REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION platform.fill_outbox();

CREATE TABLE platform.llm_budget (
  scope text NOT NULL,
  hour timestamp with time zone NOT NULL,
  tokens bigint NOT NULL,
  cost numeric(18,8) NOT NULL,
  CONSTRAINT llm_budget_pkey PRIMARY KEY (scope, hour)
);
CREATE INDEX llm_budget_hour ON platform.llm_budget USING btree (hour);

CREATE TABLE platform.llm_usage (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  at timestamp with time zone NOT NULL,
  purpose text NOT NULL,
  model text NOT NULL,
  customer_id text,
  ticket_id text,
  input_tokens integer NOT NULL,
  output_tokens integer NOT NULL,
  estimated boolean NOT NULL,
  cost numeric(18,8),
  milliseconds integer NOT NULL,
  attempts integer NOT NULL,
  result text NOT NULL,
  CONSTRAINT llm_usage_input_tokens_check CHECK ((input_tokens >= 0)),
  CONSTRAINT llm_usage_output_tokens_check CHECK ((output_tokens >= 0)),
  CONSTRAINT llm_usage_pkey PRIMARY KEY (id)
);
CREATE INDEX llm_usage_at ON platform.llm_usage USING btree (at);
CREATE INDEX llm_usage_customer ON platform.llm_usage USING btree (customer_id, at) WHERE (customer_id IS NOT NULL);

CREATE TABLE platform.outbox (
  subscriber text NOT NULL,
  ledger_id bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  data jsonb NOT NULL,
  CONSTRAINT outbox_pkey PRIMARY KEY (subscriber, ledger_id)
);

CREATE TABLE platform.processes (
  owner bigint NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  version text NOT NULL,
  started_at timestamp with time zone NOT NULL,
  CONSTRAINT processes_role_check CHECK ((role = ANY (ARRAY['all'::text, 'api'::text, 'worker'::text]))),
  CONSTRAINT processes_pkey PRIMARY KEY (owner)
);

CREATE TABLE platform.secrets (
  name text NOT NULL,
  value text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT secrets_pkey PRIMARY KEY (name)
);

CREATE TABLE platform.subscriptions (
  subscriber text NOT NULL,
  actions text[] NOT NULL,
  CONSTRAINT subscriptions_pkey PRIMARY KEY (subscriber)
);

CREATE TABLE routing.agents (
  name text NOT NULL,
  skills jsonb NOT NULL,
  capacity integer NOT NULL,
  load integer DEFAULT 0 NOT NULL,
  online boolean DEFAULT true NOT NULL,
  created_at timestamp with time zone NOT NULL,
  keeps boolean DEFAULT false NOT NULL,
  CONSTRAINT agents_capacity_check CHECK ((capacity >= 0)),
  CONSTRAINT agents_load_check CHECK ((load >= 0)),
  CONSTRAINT agents_pkey PRIMARY KEY (name)
);

CREATE TABLE routing.assignments (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  ticket_id uuid NOT NULL,
  agent text NOT NULL,
  assigned_at timestamp with time zone NOT NULL,
  freed_at timestamp with time zone,
  freed_by text,
  CONSTRAINT assignments_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT assignments_pkey PRIMARY KEY (id)
);
CREATE INDEX assignments_agent ON routing.assignments USING btree (agent) WHERE (freed_at IS NULL);
CREATE UNIQUE INDEX assignments_open ON routing.assignments USING btree (ticket_id) WHERE (freed_at IS NULL);

CREATE TABLE routing.reviews (
  id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  status text NOT NULL,
  reason text NOT NULL,
  notes jsonb DEFAULT '[]'::jsonb NOT NULL,
  draft text,
  citations jsonb DEFAULT '[]'::jsonb NOT NULL,
  reply text,
  category text,
  decision_reason text,
  decided_by text,
  created_at timestamp with time zone NOT NULL,
  decided_at timestamp with time zone,
  CONSTRAINT reviews_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'approved'::text, 'edited'::text, 'rejected'::text, 'escalated'::text]))),
  CONSTRAINT reviews_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES intake.tickets(id),
  CONSTRAINT reviews_pkey PRIMARY KEY (id)
);
CREATE INDEX reviews_newest ON routing.reviews USING btree (created_at DESC, id DESC);
CREATE UNIQUE INDEX reviews_pending ON routing.reviews USING btree (ticket_id) WHERE (status = 'pending'::text);

CREATE TABLE routing.sla_clocks (
  ticket_id uuid NOT NULL,
  clock text NOT NULL,
  round integer NOT NULL,
  priority text NOT NULL,
  target double precision NOT NULL,
  used double precision DEFAULT 0 NOT NULL,
  started_at timestamp with time zone NOT NULL,
  running_since timestamp with time zone,
  due_at timestamp with time zone,
  risk_at timestamp with time zone,
  stopped_at timestamp with time zone,
  breached_at timestamp with time zone,
  at_risk_at timestamp with time zone,
  risk text,
  CONSTRAINT sla_clocks_clock_check CHECK ((clock = ANY (ARRAY['first_response'::text, 'next_response'::text, 'resolution'::text]))),
  CONSTRAINT sla_clocks_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
  CONSTRAINT sla_clocks_pkey PRIMARY KEY (ticket_id, clock, round)
);
CREATE INDEX sla_clocks_answered ON routing.sla_clocks USING btree (priority, stopped_at DESC) WHERE ((clock = 'first_response'::text) AND (stopped_at IS NOT NULL));
CREATE INDEX sla_clocks_due ON routing.sla_clocks USING btree (due_at) WHERE (stopped_at IS NULL);

CREATE TABLE routing.teams (
  name text NOT NULL,
  serves text[] NOT NULL,
  members text[] NOT NULL,
  overflow_minutes integer,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT teams_overflow_minutes_check CHECK ((overflow_minutes > 0)),
  CONSTRAINT teams_pkey PRIMARY KEY (name)
);

CREATE TABLE routing.webhook_deliveries (
  id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  turn bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  ledger_id bigint,
  event text NOT NULL,
  payload text NOT NULL,
  status text NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone,
  last_attempt_at timestamp with time zone,
  last_status integer,
  last_error text,
  last_response text,
  milliseconds real,
  delivered_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT webhook_deliveries_check CHECK (((status = ANY (ARRAY['pending'::text, 'failed'::text])) = (next_attempt_at IS NOT NULL))),
  CONSTRAINT webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text, 'dead'::text]))),
  CONSTRAINT webhook_deliveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES routing.webhooks(id) ON DELETE CASCADE,
  CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_deliveries_webhook_id_ledger_id_event_key UNIQUE (webhook_id, ledger_id, event)
);
CREATE INDEX webhook_deliveries_dead ON routing.webhook_deliveries USING btree (webhook_id, id) WHERE (status = 'dead'::text);
CREATE INDEX webhook_deliveries_due ON routing.webhook_deliveries USING btree (webhook_id, next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX webhook_deliveries_of ON routing.webhook_deliveries USING btree (webhook_id, created_at DESC, id DESC);
CREATE INDEX webhook_deliveries_order ON routing.webhook_deliveries USING btree (created_at DESC, id DESC);
CREATE INDEX webhook_deliveries_turn ON routing.webhook_deliveries USING btree (webhook_id, turn) WHERE (next_attempt_at IS NOT NULL);

CREATE TABLE routing.webhooks (
  id uuid NOT NULL,
  url text NOT NULL,
  format text NOT NULL,
  events text[] NOT NULL,
  language text NOT NULL,
  include_content boolean NOT NULL,
  origin text NOT NULL,
  enabled boolean NOT NULL,
  disabled_reason text,
  secret text NOT NULL,
  previous_secret text,
  previous_until timestamp with time zone,
  failing_since timestamp with time zone,
  failures integer DEFAULT 0 NOT NULL,
  delivered bigint DEFAULT 0 NOT NULL,
  resting_until timestamp with time zone,
  owner bigint,
  created_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT webhooks_check CHECK ((enabled OR (disabled_reason IS NOT NULL))),
  CONSTRAINT webhooks_check1 CHECK (((previous_secret IS NULL) = (previous_until IS NULL))),
  CONSTRAINT webhooks_format_check CHECK ((format = ANY (ARRAY['generic'::text, 'slack'::text, 'discord'::text]))),
  CONSTRAINT webhooks_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text]))),
  CONSTRAINT webhooks_origin_check CHECK ((origin = ANY (ARRAY['api'::text, 'setting'::text]))),
  CONSTRAINT webhooks_pkey PRIMARY KEY (id)
);
CREATE INDEX webhooks_order ON routing.webhooks USING btree (created_at, id);
CREATE UNIQUE INDEX webhooks_setting ON routing.webhooks USING btree (url) WHERE (origin = 'setting'::text);

CREATE TABLE triage.incident_events (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  incident_id text NOT NULL,
  at timestamp with time zone NOT NULL,
  actor text NOT NULL,
  kind text NOT NULL,
  data jsonb NOT NULL,
  CONSTRAINT incident_events_kind_check CHECK ((kind = ANY (ARRAY['opened'::text, 'close-proposed'::text, 'proposal-withdrawn'::text, 'closed'::text, 'reopened'::text, 'detached'::text, 'attached'::text, 'replied'::text]))),
  CONSTRAINT incident_events_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES triage.incidents(id),
  CONSTRAINT incident_events_pkey PRIMARY KEY (id)
);
CREATE INDEX incident_events_order ON triage.incident_events USING btree (incident_id, id);
CREATE TRIGGER incident_events_append_only BEFORE DELETE OR UPDATE ON triage.incident_events FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();

CREATE TABLE triage.incident_replies (
  id uuid NOT NULL,
  incident_id text NOT NULL,
  effect text,
  texts jsonb NOT NULL,
  result jsonb NOT NULL,
  actor text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT incident_replies_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES triage.incidents(id),
  CONSTRAINT incident_replies_pkey PRIMARY KEY (id),
  CONSTRAINT incident_replies_effect_key UNIQUE (effect)
);
CREATE INDEX incident_replies_incident ON triage.incident_replies USING btree (incident_id, at);

CREATE TABLE triage.incidents (
  id text NOT NULL,
  status text NOT NULL,
  title text NOT NULL,
  category text,
  centre_ticket uuid NOT NULL,
  cluster_id uuid NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  last_member_at timestamp with time zone NOT NULL,
  close_proposed_at timestamp with time zone,
  resolved_at timestamp with time zone,
  resolved_by text,
  resolve_members boolean,
  CONSTRAINT incidents_status_check CHECK ((status = ANY (ARRAY['open'::text, 'resolved'::text]))),
  CONSTRAINT incidents_pkey PRIMARY KEY (id)
);
CREATE INDEX incidents_cluster ON triage.incidents USING btree (cluster_id);
CREATE INDEX incidents_newest ON triage.incidents USING btree (opened_at DESC, id DESC);
CREATE INDEX incidents_open ON triage.incidents USING btree (last_member_at) WHERE (status = 'open'::text);

CREATE TABLE triage.members (
  ticket_id uuid NOT NULL,
  cluster_id uuid NOT NULL,
  incident_id text,
  customer_id uuid,
  at timestamp with time zone NOT NULL,
  probability double precision NOT NULL,
  duplicate_of uuid,
  same_customer boolean NOT NULL,
  role text NOT NULL,
  fingerprint bytea,
  seq bigint NOT NULL,
  alerted_at timestamp with time zone,
  held boolean DEFAULT false NOT NULL,
  told_at timestamp with time zone,
  detached_at timestamp with time zone,
  CONSTRAINT members_check CHECK (((role = 'plain'::text) OR (fingerprint IS NOT NULL))),
  CONSTRAINT members_probability_check CHECK (((probability >= (0)::double precision) AND (probability <= (1)::double precision))),
  CONSTRAINT members_role_check CHECK ((role = ANY (ARRAY['representative'::text, 'withdrawn'::text, 'plain'::text]))),
  CONSTRAINT members_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES triage.incidents(id),
  CONSTRAINT members_pkey PRIMARY KEY (ticket_id)
);
CREATE INDEX members_cluster ON triage.members USING btree (cluster_id, at);
CREATE INDEX members_held ON triage.members USING btree (incident_id) WHERE held;
CREATE INDEX members_incident ON triage.members USING btree (incident_id, at, ticket_id) WHERE (incident_id IS NOT NULL);
CREATE INDEX members_memory ON triage.members USING btree (seq) WHERE (role <> 'plain'::text);

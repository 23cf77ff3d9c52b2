-- What was asked of language models, one row a call, and what each hour may still spend.

-- Holds no text. The cost is null where the model has no price. A refused call (result 'budget') used nothing.
CREATE TABLE platform.llm_usage (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  purpose text NOT NULL,
  model text NOT NULL,
  customer_id text,
  ticket_id text,
  input_tokens integer NOT NULL CHECK (input_tokens >= 0),
  output_tokens integer NOT NULL CHECK (output_tokens >= 0),
  -- True where the server counted nothing and the length of the texts was taken.
  estimated boolean NOT NULL,
  cost numeric(18, 8),
  milliseconds integer NOT NULL,
  attempts integer NOT NULL,
  result text NOT NULL
);
CREATE INDEX llm_usage_at ON platform.llm_usage (at);
CREATE INDEX llm_usage_customer ON platform.llm_usage (customer_id, at) WHERE customer_id IS NOT NULL;

-- Reserved before a call, corrected after it: what calls in flight may use is counted, too.
-- The scope is 'all' or 'customer:' and an id. What a dead process had reserved stays until its hour is over.
CREATE TABLE platform.llm_budget (
  scope text NOT NULL,
  hour timestamptz NOT NULL,
  tokens bigint NOT NULL,
  cost numeric(18, 8) NOT NULL,
  PRIMARY KEY (scope, hour)
);
CREATE INDEX llm_budget_hour ON platform.llm_budget (hour);

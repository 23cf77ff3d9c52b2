-- Which process works on which background job: what a process that is gone held is taken up again at once.
CREATE TABLE platform.job_claims (
  job_id uuid PRIMARY KEY,
  queue text NOT NULL,
  -- The number of the process (see platform/db/presence); null when nobody works on it.
  owner bigint,
  -- Times that a process was gone while it worked on this job: after some the job itself is suspected.
  losses int NOT NULL DEFAULT 0,
  -- False while the job waits in the hand of its process for its turn.
  begun boolean NOT NULL,
  claimed_at timestamptz NOT NULL
);

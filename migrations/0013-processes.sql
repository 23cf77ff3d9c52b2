-- Which servers were started on this database. Who of them lives says the advisory lock under the number
-- (platform/db/presence), not this table.
CREATE TABLE platform.processes (
  owner bigint PRIMARY KEY,
  -- Machine and process number, for the person who looks for it.
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('all', 'api', 'worker')),
  version text NOT NULL,
  started_at timestamptz NOT NULL
);

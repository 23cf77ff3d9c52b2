-- Counts of tickets by category and status, as changes that add up: GET /stats and GET /metrics read these, not the
-- tickets, of which there may be a million. Each statement adds its own rows, so that two transactions never wait for
-- each other; a job adds them up to one row a category and status.
CREATE TABLE audit.ticket_counts (
  category text,
  status text NOT NULL,
  tickets bigint NOT NULL,
  -- S > 0.5, and S > 0.8.
  urgent bigint NOT NULL,
  critical bigint NOT NULL,
  waiting bigint NOT NULL
);

CREATE FUNCTION audit.count_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;

-- Nothing is stored or changed between the first count and the triggers.
LOCK TABLE intake.tickets IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO audit.ticket_counts
SELECT category, status, count(*), count(*) FILTER (WHERE urgency_score > 0.5),
  count(*) FILTER (WHERE urgency_score > 0.8), count(*) FILTER (WHERE assignment = 'waiting')
FROM intake.tickets GROUP BY category, status;
CREATE TRIGGER tickets_counted_insert AFTER INSERT ON intake.tickets
  REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION audit.count_tickets();
CREATE TRIGGER tickets_counted_update AFTER UPDATE ON intake.tickets
  REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION audit.count_tickets();
CREATE TRIGGER tickets_counted_delete AFTER DELETE ON intake.tickets
  REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION audit.count_tickets();
CREATE TRIGGER tickets_counted_truncate AFTER TRUNCATE ON intake.tickets
  FOR EACH STATEMENT EXECUTE FUNCTION audit.count_tickets();

-- Lists by category: a category that few tickets have was looked for among all of them.
CREATE INDEX tickets_category ON intake.tickets (category, created_at DESC, id DESC);

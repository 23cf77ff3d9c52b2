/**
 * For one machine of two cores and up. They save three processes and about 6 MB against PostgreSQL's own values.
 * Whether they cost commits could not be told: on a loaded machine runs of either differed more than twofold (10
 * connections, two rows each: 7,600 and 12,600/s, its own 12,100 and 13,800/s). fsync and synchronous_commit stay on.
 */
export const settings: readonly string[] = [
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  'max_connections=100',
  'shared_buffers=64MB',
  // Nobody replicates from this cluster.
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=512MB',
  'io_method=sync',
  // Parallel queries need shared memory that containers are short of (64 MB), and cores that we use.
  'max_parallel_workers_per_gather=0',
  'timezone=UTC',
  'log_timezone=UTC',
  'lc_messages=C',
  // What is logged must hold no value of a row: no statements, no details, no errors of queries.
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_checkpoints=off',
  'log_line_prefix=',
  'logging_collector=off',
  'log_destination=stderr',
];

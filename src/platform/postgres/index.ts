export { findBinaries } from './binaries.ts';
export { findRunning, type RunningServer } from './folder-lock.ts';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';

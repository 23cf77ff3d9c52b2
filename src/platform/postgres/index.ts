export { findBinaries } from './binaries.ts';
export { findRunning, isFolderInUse, type RunningServer } from './folder-lock.ts';
export { type SharedPostgres, sharePostgres } from './share-postgres.ts';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';

export * from './job.ts';
export { type Jobs, type JobsParts, openJobs } from './open-jobs.ts';

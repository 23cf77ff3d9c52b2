export { type Config, parseConfig, readEnvironment } from './config.ts';
export { configurationTable } from './table.ts';

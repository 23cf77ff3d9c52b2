import { v7 } from 'uuid';

/** Time and ids are given in from outside, so that tests and replays can set them. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Makes ids; UUIDv7, so that they sort by time and keep the indexes compact. */
export type NewId = () => string;
export const newId: NewId = () => v7();

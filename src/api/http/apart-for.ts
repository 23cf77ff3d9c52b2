import type { Dedup } from '../contract/index.ts';
import type { Caller } from './access.ts';

/**
 * A ticket as its sender may see it. Whether others wrote the same, and the ids of their tickets, are for those who work
 * on them: a customer's key would learn of what others wrote, and whose address it names nobody has checked.
 */
export const apartFor = <T extends { readonly dedup: Dedup }>({ scope }: Pick<Caller, 'scope'>, ticket: T): T =>
  scope === 'customer' ? { ...ticket, dedup: null } : ticket;

import { removeOrders } from '../../intake/index.ts';
import type { SearchedAsk } from '../../ticket/index.ts';
import { type Ask, findAsks, type Message } from './find-asks.ts';

/**
 * The asks of a message that can be searched by themselves: those of several that do not lean on the rest. None when
 * there is only one.
 */
export function asksToSearch(message: Message): string[] {
  const asks = findAsks({ ...message, body: removeOrders(message.body) });
  return asks.length < 2 ? [] : asks.filter(({ leaning }) => leaning === 0).map(({ text }) => text);
}

/** The ask with what a search for it alone said of each passage; as it is, where there was none. */
export function withRelevance(ask: Ask, searched: readonly SearchedAsk[] | undefined): Ask {
  const own = searched?.find(({ text }) => text === ask.text);
  return own === undefined ? ask : { ...ask, relevance: new Map(Object.entries(own.relevance)) };
}

import { useSyncExternalStore } from 'react';

/**
 * Where the reader is. The server answers everything below `/ui` with the page, and `/` too; the plain paths are
 * the API's (`GET /interactions` is JSON). Inside the console a path is said without the `/ui`.
 */
const base = '/ui';
const moved = 'signalbox:moved';

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(moved, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(moved, listener);
  };
}

const path = (): string => location.pathname.replace(/^\/ui(?=\/|$)/, '').replace(/\/+$/, '') || '/';

/** The address of a page of the console, as it stands in a link. */
export const hrefOf = (to: string): string => `${base}${to}`;

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  history[options.replace ? 'replaceState' : 'pushState'](null, '', hrefOf(to));
  dispatchEvent(new Event(moved));
}

/** The location hook that wouter's Router takes. */
export function useConsolePath(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, path), navigate];
}
useConsolePath.hrefs = hrefOf;
useConsolePath.searchHook = (): string => useSyncExternalStore(subscribe, () => location.search.slice(1));

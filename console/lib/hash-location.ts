import { useSyncExternalStore } from 'react';

/**
 * Where the reader is, kept behind the `#` (`/#/interactions?category=Billing`): the API owns the plain paths
 * (`GET /interactions` is JSON), and a page at `/` or `/ui` needs no rule in the server to survive a reload.
 */
const current = (): { path: string; search: string } => {
  const [path = '', search = ''] = location.hash.replace(/^#?\/?/, '').split('?', 2);
  return { path: `/${path}`, search };
};

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  history[options.replace ? 'replaceState' : 'pushState'](null, '', `#${to}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** The location hook that wouter's Router takes. */
export function useHashPath(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, () => current().path), navigate];
}
useHashPath.hrefs = (href: string): string => `#${href}`;
useHashPath.searchHook = (): string => useSyncExternalStore(subscribe, () => current().search);

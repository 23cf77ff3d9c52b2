import { useSyncExternalStore } from 'react';

/** A value of this browser that every component sees at once and that survives a reload. Holds no server data. */
export interface Stored<T> {
  read(): T;
  write(value: T): void;
}

const listeners = new Set<() => void>();

/** `accept` decides what may come back from the storage, where an older version may have left anything. */
export function stored<T>(
  key: string,
  start: T,
  accept: (value: unknown) => value is T,
  area: 'local' | 'session' = 'local',
): Stored<T> {
  let value: T | undefined;
  const load = (): T => {
    try {
      const parsed: unknown = JSON.parse(storage(area).getItem(`signalbox.${key}`) ?? 'null');
      return accept(parsed) ? parsed : start;
    } catch {
      return start;
    }
  };
  return {
    read() {
      value ??= load();
      return value;
    },
    write(next) {
      value = next;
      try {
        storage(area).setItem(`signalbox.${key}`, JSON.stringify(next));
      } catch {
        // Storage is full or switched off: the value lives until the page is left.
      }
      for (const listener of listeners) listener();
    },
  };
}

const storage = (area: 'local' | 'session'): Storage => (area === 'local' ? localStorage : sessionStorage);

export function useStored<T>(item: Stored<T>): T {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, item.read);
}

import { useEffect, useEffectEvent } from 'react';
import { letterKeysPreference } from './preferences.ts';

const typing = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';

/**
 * Calls what belongs to the key pressed (`j`, `/`, `Escape` …). Not while somebody types, not with a modifier,
 * and not behind a modal dialog, unless that dialog carries `data-keys-through`.
 */
export function useShortcuts(keys: Readonly<Record<string, (event: KeyboardEvent) => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const run = keys[event.key];
    if (!run || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(typing)) return;
    if (document.querySelector('dialog:modal:not([data-keys-through])')) return;
    if (event.key.length === 1 && !letterKeysPreference.read()) return;
    run(event);
  });
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

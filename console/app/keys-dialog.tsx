import type { ReactNode } from 'react';
import { isApple } from '../lib/browser.ts';
import { useSpeech, type WordKey } from '../lib/i18n/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';

const rows: readonly { keys: readonly string[]; words: WordKey }[] = [
  { keys: [isApple ? '⌘' : 'Ctrl', '↵'], words: 'key_send' },
  { keys: ['J'], words: 'key_next' },
  { keys: ['K'], words: 'key_previous' },
  { keys: ['↵'], words: 'key_open' },
  { keys: ['Esc'], words: 'key_close' },
  { keys: ['/'], words: 'key_search' },
  { keys: ['?'], words: 'key_help' },
];

export function KeysDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useSpeech();
  return (
    <Dialog title={t('keys')} onClose={onClose}>
      <dl className="divide-y">
        {rows.map(({ keys, words }) => (
          <div key={words} className="flex min-h-9 items-center justify-between gap-4">
            <dt>{t(words)}</dt>
            <dd>
              <KeyHint keys={keys} spoken />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

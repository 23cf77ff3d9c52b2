import type { MouseEvent, ReactNode } from 'react';
import { answeringRoutes, type InteractionFilters } from '../../../src/api/contract/index.ts';
import { addressOf, callerHeaders } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { accessKey } from '../../lib/preferences.ts';
import { useStored } from '../../lib/stored.ts';
import { showToast } from '../../lib/toasts.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';

const fileName = 'interactions.csv';

/** A plain link, so that the browser streams it to disk. A link carries no key: with one it goes through memory. */
export function CsvDownload({ filters }: { filters: InteractionFilters }): ReactNode {
  const { t } = useSpeech();
  const needsKey = useStored(accessKey) !== '';
  const address = addressOf(answeringRoutes.interactionsCsv, { query: filters });
  const fetchWithKey = (event: MouseEvent): void => {
    event.preventDefault();
    fetchAndSave(address).catch(() => showToast(t('csvFailed')));
  };
  return (
    <a
      href={address}
      download={fileName}
      className={`${buttonClass('primary')} max-sm:px-3`}
      {...(needsKey ? { onClick: fetchWithKey } : {})}
    >
      <Icon name="download" />
      <span className="max-sm:sr-only">{t('downloadCsv')}</span>
      <span aria-hidden="true" className="sm:hidden">
        CSV
      </span>
    </a>
  );
}

async function fetchAndSave(address: string): Promise<void> {
  const response = await fetch(address, { headers: callerHeaders() });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

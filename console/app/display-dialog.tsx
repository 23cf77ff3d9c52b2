import type { ReactNode } from 'react';
import { uiLanguages, useSpeech } from '../lib/i18n/index.ts';
import {
  applyPreferences,
  languagePreference,
  letterKeysPreference,
  themePreference,
  themes,
} from '../lib/preferences.ts';
import { useStored } from '../lib/stored.ts';
import { Dialog } from '../ui/dialog.tsx';

/** Each language is called what its speakers call it. */
const ownNames = { en: 'English', de: 'Deutsch' } as const;

export function DisplayDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t, language } = useSpeech();
  const theme = useStored(themePreference);
  const letterKeys = useStored(letterKeysPreference);
  return (
    <Dialog title={t('display')} onClose={onClose}>
      <div className="flex flex-col gap-5">
        <Choices
          legend={t('theme')}
          name="theme"
          value={theme}
          options={themes.map((value) => ({ value, label: t(`theme_${value}`) }))}
          onChoose={(value) => {
            themePreference.write(value);
            applyPreferences();
          }}
        />
        <Choices
          legend={t('uiLanguage')}
          name="language"
          value={language}
          options={uiLanguages.map((value) => ({ value, label: ownNames[value] }))}
          onChoose={(value) => {
            languagePreference.write(value);
            applyPreferences();
          }}
        />
        <label className="control flex items-center gap-3">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={letterKeys}
            onChange={(event) => letterKeysPreference.write(event.target.checked)}
          />
          {t('letterKeys')}
        </label>
      </div>
    </Dialog>
  );
}

function Choices<T extends string>({
  legend,
  name,
  value,
  options,
  onChoose,
}: {
  legend: string;
  name: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
}): ReactNode {
  return (
    <fieldset>
      <legend className="mb-1 text-label font-semibold">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="control flex flex-1 items-center gap-2 border px-3 whitespace-nowrap has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              className="size-4 accent-accent"
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

import { type UiLanguage, uiLanguages } from './i18n/speech.ts';
import { stored } from './stored.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const oneOf =
  <T extends string>(options: readonly T[]) =>
  (value: unknown): value is T =>
    options.includes(value as T);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

const browserLanguage = (): UiLanguage =>
  navigator.languages.find((l) => /^(de|en)\b/.test(l))?.startsWith('de') ? 'de' : 'en';

export const themePreference = stored<Theme>('theme', 'system', oneOf(themes));
export const languagePreference = stored<UiLanguage>('language', browserLanguage(), oneOf(uiLanguages));
export const railPreference = stored<boolean>('rail-collapsed', false, isBoolean);
/** Single letters as commands can be switched off: who dictates text would trigger them by accident. */
export const letterKeysPreference = stored<boolean>('letter-keys', true, isBoolean);
/** Bearer token, needed only when the server listens beyond this machine. Forgotten with the tab. */
export const accessKey = stored<string>('access-key', '', (v): v is string => typeof v === 'string', 'session');

/** Puts theme and language on the document; called at the start and by whoever changes them. */
export function applyPreferences(): void {
  const root = document.documentElement;
  const theme = themePreference.read();
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  root.lang = languagePreference.read();
}

import { languagePreference } from '../preferences.ts';
import { useStored } from '../stored.ts';
import { type Speech, speechIn } from './speech.ts';

export { type Speech, uiLanguages, type WordKey } from './speech.ts';

export function useSpeech(): Speech {
  return speechIn(useStored(languagePreference));
}

import { createContext, use, useEffect, useMemo, type ReactNode } from 'react';
import type { Language as Setting } from '../../shared/settings.ts';
import { createFormat, type Format } from './format.ts';
import { chooseLanguage, languageTag, type Language } from './language.ts';
import { texts, type Text } from './text.ts';

export type InLanguage = { language: Language; text: Text; format: Format };

const inLanguage = (language: Language): InLanguage => ({
  language,
  text: texts[language],
  format: createFormat(language),
});

const Context = createContext<InLanguage>(inLanguage('en'));

/** The sentences and the formats of the language that is shown. */
export const useLanguage = (): InLanguage => use(Context);

export function LanguageProvider({ setting, children }: { setting: Setting; children: ReactNode }) {
  const language = chooseLanguage(setting, navigator.languages);
  const value = useMemo(() => inLanguage(language), [language]);
  useEffect(() => {
    document.documentElement.lang = languageTag(language);
  }, [language]);
  return <Context value={value}>{children}</Context>;
}

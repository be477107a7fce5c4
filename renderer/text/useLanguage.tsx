import { createContext, use, useEffect, useMemo, type ReactNode } from 'react';
import type { Language as Setting } from '../../shared/settings.ts';
import type { ErrorRecord } from '../../shared/errors.ts';
import { Facts, type Sentence } from './facts.ts';
import { createFormat, type Format } from './format.ts';
import { chooseLanguage, languageTag, type Language } from './language.ts';
import { texts, type Text } from './text.ts';

export type InLanguage = {
  language: Language;
  text: Text;
  format: Format;
  /** What happened and why, and what to do next. */
  explain: (error: Pick<ErrorRecord, 'code' | 'details'>) => Sentence;
};

function inLanguage(language: Language): InLanguage {
  const text = texts[language];
  const format = createFormat(language);
  const explain: InLanguage['explain'] = ({ code, details }) => text.errors[code](new Facts(details, format));
  return { language, text, format, explain };
}

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

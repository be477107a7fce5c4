import { createContext, use, useEffect, useMemo, type ReactNode } from 'react';
import { keyNameIn } from '../../shared/key-name.ts';
import type { Note, WrittenNote } from '../../shared/notes.ts';
import { RECOVERY_NAME } from '../../shared/recovery.ts';
import type { Language as Setting } from '../../shared/settings.ts';
import { attemptsOf } from '../../shared/attempts.ts';
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
  /** What went otherwise than expected, without harm. */
  noted: (note: Note | WrittenNote) => string;
  /** What a key is called: one that nobody has named has the page's word for it. */
  keyName: (name: string) => string;
};

/** Everything that is said in `language`. */
export function inLanguage(language: Language): InLanguage {
  const text = texts[language];
  const format = createFormat(language);
  const keyName = (name: string): string =>
    name === RECOVERY_NAME ? text.recovery.title : keyNameIn(text.common.thisComputer, name);
  const explain: InLanguage['explain'] = ({ code, details }) => {
    const { name } = details;
    const known = typeof name === 'string' ? { ...details, name: keyName(name) } : details;
    const sentence = text.errors[code](new Facts(known, format));
    const apart = language === 'en' ? ' ' : '';
    if (details.unfinished === true)
      return { ...sentence, what: `${sentence.what}${apart}${text.common.halfDone}` };
    // Of several keys each has its own reason, which stands in the details.
    const [only, ...others] = code === 'no-key-opens' ? attemptsOf(details) : [];
    if (only?.code === undefined || only.code === 'key-not-found' || others.length > 0) return sentence;
    const why = explain({ code: only.code, details: only.details });
    return { what: `${sentence.what}${apart}${why.what}`, next: why.next };
  };
  const noted: InLanguage['noted'] = (note) =>
    note.code === 'as-written' ? text.notes['as-written'](note) : text.notes[note.code](note);
  return { language, text, format, explain, noted, keyName };
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

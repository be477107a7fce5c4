/** @file The languages of the page. */
import type { Language as Setting } from '../../shared/settings.ts';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** For Intl and the `lang` of the page. */
export const languageTag = (language: Language): string => (language === 'zh-CN' ? 'zh-Hans-CN' : 'en');

/** The language to show. @param system languages the system prefers, best first */
export function chooseLanguage(setting: Setting, system: readonly string[]): Language {
  if (setting !== 'system') return setting;
  const first = system.find((tag) => /^(?:zh|en)\b/i.test(tag));
  return first !== undefined && /^zh/i.test(first) ? 'zh-CN' : 'en';
}

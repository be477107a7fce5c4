/** @file What a key is called in a change of who can open: by the page's word, its name here, or itself. */
import { useCallback } from 'react';
import { recovery } from '../../store/recovery.ts';
import { keys } from '../../store/keys.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { allKeys } from '../choices/key-options.ts';
import { recoveryTitle } from '../recovery/names.ts';

export type TitleOf = (key: string) => string;

/** @param names by key, as the main process has them */
export function useKeyTitle(names: Readonly<Record<string, string>>): TitleOf {
  const language = useLanguage();
  const known = useStore(settings)?.settings.recovery;
  const lent = useStore(recovery)?.lent ?? [];
  const list = useStore(keys);
  return useCallback(
    (key) => {
      const own = known === undefined ? undefined : recoveryTitle(key, known, language);
      const listed = allKeys(list).find((one) => one.key === key)?.name;
      const entered = lent.includes(key) ? language.text.recovery.entered : undefined;
      const name = names[key];
      return (
        own ??
        listed ??
        (name === undefined ? undefined : printable(language.keyName(name))) ??
        entered ??
        printable(key)
      );
    },
    [names, known, lent, list, language],
  );
}

import type { Card } from '../../../shared/desktop.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { recoveryTitle } from '../recovery/names.ts';

/** The card with the recovery key called as the page's language calls it. */
export function useOwnNames(card: Card): Card {
  const language = useLanguage();
  const recovery = useStore(settings)?.settings.recovery;
  if (recovery === undefined) return card;
  const keys = card.keys.map((key) => {
    const name = key.key === undefined ? undefined : recoveryTitle(key.key, recovery, language);
    return name === undefined ? key : { ...key, name };
  });
  return { ...card, keys };
}

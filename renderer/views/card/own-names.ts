import type { Card } from '../../../shared/desktop.ts';
import { recovery } from '../../store/recovery.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { recoveryTitle } from '../recovery/names.ts';

/** The card with recovery keys, and one that was entered, called as the page's language calls them. */
export function useOwnNames(card: Card): Card {
  const language = useLanguage();
  const known = useStore(settings)?.settings.recovery;
  const lent = useStore(recovery)?.lent ?? [];
  if (known === undefined) return card;
  const keys = card.keys.map((key) => {
    if (key.key === undefined) return key;
    const entered = lent.includes(key.key) ? language.text.recovery.entered : undefined;
    const name = recoveryTitle(key.key, known, language) ?? key.name ?? entered;
    return name === undefined ? key : { ...key, name };
  });
  return { ...card, keys };
}

import { UnstyledButton } from '@mantine/core';
import { Files, KeyRound, Settings, type LucideIcon } from 'lucide-react';
import { place, places, type Place } from '../store/place.ts';
import { useStore } from '../store/store.ts';
import { useLanguage } from '../text/useLanguage.tsx';
import { Mark } from './Mark.tsx';
import shell from './shell.module.css';

const icons: Record<Place, LucideIcon> = { files: Files, keys: KeyRound, settings: Settings };

export function Navigation() {
  const { text } = useLanguage();
  const shown = useStore(place);
  return (
    <nav className={shell.navigation} aria-label={text.common.places}>
      <div className={shell.brand}>
        <Mark size={36} />
        <span>{text.common.product}</span>
      </div>
      {places.map((each) => {
        const Icon = icons[each];
        return (
          <UnstyledButton
            key={each}
            className={shell.link}
            aria-current={each === shown ? 'page' : undefined}
            onClick={() => {
              place.set(each);
            }}
          >
            <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
            <span>{text.common[each]}</span>
          </UnstyledButton>
        );
      })}
    </nav>
  );
}

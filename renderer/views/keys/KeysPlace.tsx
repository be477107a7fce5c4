import { Tabs } from '@mantine/core';
import { HeartPulse, KeyRound, UsersRound, type LucideIcon } from 'lucide-react';
import { keysTab, keysTabs, type KeysTab } from '../../store/keys-tab.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Page } from '../parts/Page.tsx';
import { Access } from '../access/Access.tsx';
import { Health } from '../health/Health.tsx';
import { Keys } from './Keys.tsx';
import styles from './keys.module.css';

const tabs: Record<KeysTab, { Icon: LucideIcon; View: () => React.ReactNode }> = {
  list: { Icon: KeyRound, View: Keys },
  health: { Icon: HeartPulse, View: Health },
  access: { Icon: UsersRound, View: Access },
};

function choose(value: string | null): void {
  const chosen = keysTabs.find((tab) => tab === value);
  if (chosen !== undefined) keysTab.set(chosen);
}

/** The keys, and what can be done with them. Each tab is a view of its own. */
export function KeysPlace() {
  const { text } = useLanguage();
  const shown = useStore(keysTab);
  const { View } = tabs[shown];
  return (
    <Page title={text.keys.title}>
      <Tabs value={shown} onChange={choose}>
        <Tabs.List aria-label={text.keys.title} className={styles.tabs}>
          {keysTabs.map((tab) => {
            const { Icon } = tabs[tab];
            return (
              <Tabs.Tab key={tab} value={tab} leftSection={<Icon size={18} aria-hidden="true" />}>
                {text.keys.tabs[tab]}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {keysTabs.map((tab) => (
          <Tabs.Panel key={tab} value={tab}>
            {tab === shown && <View />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

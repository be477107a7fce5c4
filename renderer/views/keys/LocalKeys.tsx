import { ActionIcon, Menu, Switch } from '@mantine/core';
import { Ellipsis, KeyRound, LockKeyhole, Pencil, Save, UserRound } from 'lucide-react';
import type { KeyStoreState, ListedKey } from '../../../shared/desktop.ts';
import { changeSettings } from '../../store/settings.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { toggleDefault } from './defaults.ts';
import { protectionFact } from './key-facts.ts';
import type { KeyDialog } from './KeyDialogs.tsx';
import styles from './keys.module.css';

/** Marks a key as one that seals when none is chosen. */
export function DefaultSwitch({ listed, defaults }: { listed: ListedKey; defaults: readonly string[] }) {
  const { text } = useLanguage();
  const isDefault = defaults.includes(listed.key);
  return (
    <Switch
      className={styles.default}
      label={text.keys.asDefault}
      labelPosition="left"
      aria-label={text.keys.asDefaultOf(listed.name)}
      checked={isDefault}
      disabled={!listed.canSeal && !isDefault}
      onChange={() => void changeSettings({ defaultKeys: toggleDefault(defaults, listed.key) })}
    />
  );
}

type KeyMenuProps = { listed: ListedKey; onDialog: (dialog: KeyDialog) => void };

function KeyMenu({ listed, onDialog }: KeyMenuProps) {
  const { text } = useLanguage();
  const items = [
    { kind: 'rename', Icon: Pencil },
    ...(listed.provider === 'local'
      ? ([
          { kind: 'protect', Icon: LockKeyhole },
          { kind: 'backUp', Icon: Save },
        ] as const)
      : []),
  ] as const;
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={text.keys.more(listed.name)}>
          <Ellipsis size={20} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ kind, Icon }) => (
          <Menu.Item
            key={kind}
            leftSection={<Icon size={16} aria-hidden="true" />}
            onClick={() => onDialog({ kind, listed })}
          >
            {text.keys[kind]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type LocalKeysProps = {
  list: readonly ListedKey[];
  defaults: readonly string[];
  keyStore: KeyStoreState;
  onDialog: (dialog: KeyDialog) => void;
};

export function LocalKeys({ list, defaults, keyStore, onDialog }: LocalKeysProps) {
  const { text } = useLanguage();
  return (
    <Panel title={text.keys.local}>
      {list.length === 0 && <p className={parts.quiet}>{text.keys.localEmpty}</p>}
      <ul className={parts.rows}>
        {list.map((listed) => {
          const Icon = listed.provider === 'age' ? UserRound : KeyRound;
          return (
            <li key={listed.key} className={`${parts.row} ${styles.key}`}>
              <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
              <div className={parts.rowText}>
                <div className={parts.rowTitle}>{printable(listed.name)}</div>
                {listed.error === undefined ? (
                  <div className={parts.quiet}>{protectionFact(listed, keyStore, text.keys)}</div>
                ) : (
                  <ErrorNote error={listed.error} />
                )}
                <div className={parts.identifier}>{printable(listed.key)}</div>
              </div>
              {listed.error === undefined && (
                <div className={styles.controls}>
                  <DefaultSwitch listed={listed} defaults={defaults} />
                  <KeyMenu listed={listed} onDialog={onDialog} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

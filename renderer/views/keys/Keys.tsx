import { Button } from '@mantine/core';
import { Cloud, KeyRound, RotateCcwKey } from 'lucide-react';
import { useEffect, useState } from 'react';
import { keys, loadLocalKeys } from '../../store/keys.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { allKeys } from '../choices/key-options.ts';
import parts from '../parts/parts.module.css';
import { RecoveryPanel } from '../recovery/RecoveryPanel.tsx';
import { CloudKeys } from './CloudKeys.tsx';
import { defaultsOf } from './defaults.ts';
import { KeyDialogs, type KeyDialog } from './KeyDialogs.tsx';
import { LocalKeys } from './LocalKeys.tsx';
import styles from './keys.module.css';

/** The keys of this computer, and those of every connection. */
export function Keys() {
  const { text } = useLanguage();
  const list = useStore(keys);
  const view = useStore(settings);
  const [dialog, setDialog] = useState<KeyDialog>();
  // The command line may have made or changed one meanwhile.
  useEffect(() => void loadLocalKeys(), []);
  if (view === undefined) return null;
  const defaults = defaultsOf(view.settings.defaultKeys, allKeys(list));
  const hasConnections = view.settings.connections.length > 0;
  return (
    <>
      <div className={styles.tabActions}>
        <Button
          leftSection={<KeyRound size={18} aria-hidden="true" />}
          onClick={() => setDialog({ kind: 'new' })}
        >
          {text.keys.newKey}
        </Button>
        {hasConnections && (
          <Button
            variant="default"
            leftSection={<Cloud size={18} aria-hidden="true" />}
            onClick={() => setDialog({ kind: 'kms' })}
          >
            {text.keys.createKms}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<RotateCcwKey size={18} aria-hidden="true" />}
          onClick={() => setDialog({ kind: 'restore' })}
        >
          {text.keys.restore}
        </Button>
      </div>
      {list.local.length > 0 && (
        <p className={parts.quiet}>{defaults.length === 0 ? text.keys.defaultNone : text.keys.defaultHint}</p>
      )}
      <LocalKeys list={list.local} defaults={defaults} keyStore={view.keyStore} onDialog={setDialog} />
      <RecoveryPanel />
      <CloudKeys
        connections={view.settings.connections.map(({ name }) => name)}
        list={list}
        defaults={defaults}
      />
      {dialog !== undefined && (
        <KeyDialogs dialog={dialog} view={view} onClose={() => setDialog(undefined)} />
      )}
    </>
  );
}

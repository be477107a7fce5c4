import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { ListedKey } from '../../../../shared/desktop.ts';
import { keyNameIn } from '../../../../shared/key-name.ts';
import { client } from '../../../client.ts';
import { loadLocalKeys } from '../../../store/keys.ts';
import { notice } from '../../../store/notices.ts';
import { printable } from '../../../text/printable.ts';
import { useLanguage } from '../../../text/useLanguage.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import parts from '../../parts/parts.module.css';
import { wiped } from '../../parts/wiped.ts';
import styles from '../keys.module.css';
import { strengthOf, type Strength } from '../passphrase.ts';

const filled: Record<Strength, number> = { empty: 0, weak: 1, fair: 2, strong: 3 };

function StrengthLine({ strength }: { strength: Strength }) {
  const { dialogs } = useLanguage().text.keys;
  return (
    <div className={styles.strength} role="status">
      <div className={styles.bars} aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <span key={bar} className={bar <= filled[strength] ? styles[strength] : undefined} />
        ))}
      </div>
      <span className={parts.quiet}>
        {strength === 'empty' ? dialogs.advice : dialogs.strength[strength]}
      </span>
    </div>
  );
}

/** Asks for a passphrase twice, then the system asks where the file goes. */
export function BackUpDialog({ listed, onClose }: { listed: ListedKey; onClose: () => void }) {
  const { dialogs } = useLanguage().text.keys;
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <FormDialog
      title={dialogs.backUp(printable(listed.name))}
      action={dialogs.backUpTo}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (passphrase === '' || passphrase !== again) return undefined;
        return client().backUpKey(listed.key, passphrase);
      }}
      onDone={(file) => {
        // No file: the system's dialog was cancelled, and this one goes on.
        if (file === undefined) return;
        onClose();
        notice('info', (now) => now.keys.dialogs.backedUp(printable(file)));
      }}
    >
      <p className={parts.quiet}>{dialogs.backUpWhy}</p>
      <PasswordInput
        ref={wiped}
        data-autofocus
        label={dialogs.passphrase}
        autoComplete="off"
        value={passphrase}
        error={tried && passphrase === '' ? dialogs.missing : undefined}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <StrengthLine strength={strengthOf(passphrase)} />
      <PasswordInput
        ref={wiped}
        label={dialogs.again}
        autoComplete="off"
        value={again}
        error={tried && passphrase !== again ? dialogs.different : undefined}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

export function RestoreDialog({ onClose }: { onClose: () => void }) {
  const { dialogs } = useLanguage().text.keys;
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <FormDialog
      title={dialogs.restore}
      action={dialogs.restoreFrom}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        return passphrase === '' ? undefined : client().restoreKey(passphrase);
      }}
      onDone={(key) => {
        if (key === undefined) return;
        onClose();
        notice('info', (now) =>
          now.keys.dialogs.restored(printable(keyNameIn(now.common.thisComputer, key.name))),
        );
        void loadLocalKeys();
      }}
    >
      <p className={parts.quiet}>{dialogs.restoreWhy}</p>
      <PasswordInput
        ref={wiped}
        data-autofocus
        label={dialogs.passphrase}
        autoComplete="off"
        value={passphrase}
        error={tried && passphrase === '' ? dialogs.missing : undefined}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

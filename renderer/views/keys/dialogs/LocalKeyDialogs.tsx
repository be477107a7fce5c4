import { Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeyStoreState, ListedKey } from '../../../../shared/desktop.ts';
import { client } from '../../../client.ts';
import { loadKeys, loadLocalKeys } from '../../../store/keys.ts';
import { notice } from '../../../store/notices.ts';
import { printable } from '../../../text/printable.ts';
import { useLanguage } from '../../../text/useLanguage.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import parts from '../../parts/parts.module.css';

type Protection = NonNullable<ListedKey['protection']>;

/** What a name may be, as the key file has it: 1 to 100 characters, none for control, no space at either end. */
const isName = (name: string): boolean => /^[^\p{Cc}]{1,100}$/u.test(name);

type ProtectionChoiceProps = {
  value: Protection;
  keyStore: KeyStoreState;
  onChange: (protection: Protection) => void;
};

/** The ways to keep a key, each with what it is worth. A key store that protects nothing is not offered. */
function ProtectionChoice({ value, keyStore, onChange }: ProtectionChoiceProps) {
  const { dialogs } = useLanguage().text.keys;
  const real = keyStore.kind === 'real';
  const change = (chosen: string): void => {
    if (chosen === 'os' || chosen === 'passphrase' || chosen === 'file') onChange(chosen);
  };
  return (
    <Radio.Group label={dialogs.protection} value={value} onChange={change}>
      <div className={parts.choices}>
        <Radio
          value="os"
          label={dialogs.os}
          description={real ? dialogs.osHint(keyStore.name) : dialogs.osMissing}
          disabled={!real}
        />
        <Radio value="passphrase" label={dialogs.passphrase} description={dialogs.passphraseHint} />
        <Radio value="file" label={dialogs.file} description={dialogs.fileHint} />
      </div>
    </Radio.Group>
  );
}

type NameFieldProps = { value: string; tried: boolean; onChange: (name: string) => void };

function NameField({ value, tried, onChange }: NameFieldProps) {
  const { text } = useLanguage();
  return (
    <TextInput
      data-autofocus
      label={text.keys.nameIs}
      description={text.keys.nameHint}
      value={value}
      error={tried && !isName(value.trim()) ? text.keys.nameEmpty : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function NewKeyDialog({ keyStore, onClose }: { keyStore: KeyStoreState; onClose: () => void }) {
  const { dialogs } = useLanguage().text.keys;
  const [name, setName] = useState('');
  const [protection, setProtection] = useState<Protection>(keyStore.kind === 'real' ? 'os' : 'passphrase');
  const [tried, setTried] = useState(false);
  return (
    <FormDialog
      title={dialogs.new}
      action={dialogs.create}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        return isName(name.trim()) ? client().createLocalKey(name.trim(), protection) : undefined;
      }}
      onDone={() => {
        onClose();
        void loadLocalKeys();
      }}
    >
      <p className={parts.quiet}>{dialogs.newWhy}</p>
      <NameField value={name} tried={tried} onChange={setName} />
      <ProtectionChoice value={protection} keyStore={keyStore} onChange={setProtection} />
    </FormDialog>
  );
}

export function RenameDialog({ listed, onClose }: { listed: ListedKey; onClose: () => void }) {
  const { text } = useLanguage();
  const [name, setName] = useState(listed.name);
  const [tried, setTried] = useState(false);
  return (
    <FormDialog
      title={text.keys.dialogs.rename(printable(listed.name))}
      action={text.keys.save}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!isName(name.trim())) return undefined;
        // A name that nobody gave stays one: it is shown in the language of the page.
        if (name.trim() === listed.name) return Promise.resolve({ ok: true, value: undefined });
        return client().renameKey(listed.key, name.trim());
      }}
      onDone={() => {
        onClose();
        void loadKeys();
      }}
    >
      <NameField value={name} tried={tried} onChange={setName} />
    </FormDialog>
  );
}

type ProtectDialogProps = { listed: ListedKey; keyStore: KeyStoreState; onClose: () => void };

export function ProtectDialog({ listed, keyStore, onClose }: ProtectDialogProps) {
  const { text } = useLanguage();
  const [protection, setProtection] = useState<Protection>(listed.protection ?? 'passphrase');
  return (
    <FormDialog
      title={text.keys.dialogs.protect(printable(listed.name))}
      action={text.keys.save}
      onClose={onClose}
      onSubmit={() => client().protectKey(listed.key, protection)}
      onDone={() => {
        onClose();
        notice('info', (now) => now.keys.dialogs.protected(printable(listed.name)));
        void loadLocalKeys();
      }}
    >
      <p className={parts.quiet}>{text.keys.dialogs.protectWhy}</p>
      <ProtectionChoice value={protection} keyStore={keyStore} onChange={setProtection} />
    </FormDialog>
  );
}

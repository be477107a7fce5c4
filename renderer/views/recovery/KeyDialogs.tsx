/** @file Dialogs in which a recovery key is entered: to try its sheet, to use a sheet there is, to open with it. */
import { Button } from '@mantine/core';
import { FileLock2 } from 'lucide-react';
import { useState } from 'react';
import type { Grant } from '../../../shared/desktop.ts';
import { client, orNotice } from '../../client.ts';
import { notice } from '../../store/notices.ts';
import { loadRecovery, recovery } from '../../store/recovery.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import parts from '../parts/parts.module.css';
import { useGivenKey } from './given-key.ts';
import { GivenKeyField } from './GivenKeyField.tsx';
import styles from './recovery.module.css';

type DialogProps = { onClose: () => void };

export function DrillDialog({ onClose }: DialogProps) {
  const { text } = useLanguage();
  const words = text.recovery.drillDialog;
  const state = useGivenKey();
  const [envelope, setEnvelope] = useState<Grant>();
  const choose = async (): Promise<void> => {
    const chosen = (await orNotice(client().pick('envelope')))?.grants[0];
    if (chosen !== undefined) setEnvelope(chosen);
  };
  return (
    <FormDialog
      title={words.title}
      action={words.start}
      onClose={() => {
        onClose();
        void orNotice(client().cancelDrill());
      }}
      onSubmit={() => {
        const given = state.given();
        return given && client().drillRecoveryKey(given, envelope?.id);
      }}
      onDone={({ name, size }) => {
        onClose();
        notice('info', (now, format) => now.recovery.drillDialog.opened(printable(name), format.size(size)));
        void loadRecovery();
      }}
    >
      <p className={parts.quiet}>{words.why}</p>
      <GivenKeyField state={state} />
      <div className={styles.given}>
        <span className={parts.quiet}>
          {envelope === undefined ? words.newest : words.chosen(printable(envelope.name))}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<FileLock2 size={16} aria-hidden="true" />}
          onClick={() => void choose()}
        >
          {words.choose}
        </Button>
      </div>
    </FormDialog>
  );
}

export function TakeDialog({ onClose }: DialogProps) {
  const words = useLanguage().text.recovery.takeDialog;
  const state = useGivenKey();
  return (
    <FormDialog
      title={words.title}
      action={words.start}
      onClose={onClose}
      onSubmit={() => {
        const given = state.given();
        return given && client().takeRecoveryKey(given);
      }}
      onDone={(view) => {
        onClose();
        recovery.set(view);
        notice('info', (now) => now.recovery.makeDialog.activated);
      }}
    >
      <p className={parts.quiet}>{words.why}</p>
      <GivenKeyField state={state} />
    </FormDialog>
  );
}

type LendDialogProps = DialogProps & {
  /** The envelope that the key must fit. */
  envelope?: string;
  onDone?: () => void;
};

export function LendDialog({ envelope, onDone, onClose }: LendDialogProps) {
  const words = useLanguage().text.recovery.lendDialog;
  const state = useGivenKey();
  return (
    <FormDialog
      title={words.title}
      action={words.start}
      onClose={onClose}
      onSubmit={() => {
        const given = state.given();
        return given && client().lendKey(given, envelope);
      }}
      onDone={() => {
        onClose();
        onDone?.();
        void loadRecovery();
      }}
    >
      <p className={parts.quiet}>{words.why}</p>
      <GivenKeyField state={state} />
    </FormDialog>
  );
}

export function ForgetDialog({ onClose }: DialogProps) {
  const words = useLanguage().text.recovery.forgetDialog;
  return (
    <FormDialog
      title={words.title}
      action={words.start}
      dangerous
      onClose={onClose}
      onSubmit={() => client().forgetRecoveryKey()}
      onDone={(view) => {
        onClose();
        recovery.set(view);
      }}
    >
      <p className={parts.quiet}>{words.why}</p>
    </FormDialog>
  );
}

import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { RefusedBy } from '../../../shared/denial.ts';
import { client, orNotice } from '../../client.ts';
import { jobs } from '../../store/jobs.ts';
import { useKeyed } from '../../store/keyed.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { KeyPicker } from '../choices/KeyPicker.tsx';
import { Denied } from '../denied/Denied.tsx';
import { LocateDialog } from '../locate/LocateDialog.tsx';
import { LendDialog } from '../recovery/KeyDialogs.tsx';
import { RecoveryNote } from '../recovery/RecoveryNote.tsx';
import { SignInWays } from '../sign-in/SignInWays.tsx';
import { closeDialog, rowDialog, type Failed, type RowDialog } from './dialog.ts';
import styles from './dialogs.module.css';
import { retry, retryUnopened } from './mend.ts';
import { RowDetails } from './RowDetails.tsx';
import { ReturnFocus } from '../parts/ReturnFocus.tsx';

type PolicyDialogProps = { failed: Failed; refused: RefusedBy; operation: 'seal' | 'open' };

function PolicyDialog({ failed, refused, operation }: PolicyDialogProps) {
  const { text } = useLanguage();
  return (
    <Modal
      opened
      onClose={closeDialog}
      size="lg"
      title={text.files.policyTitle}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <ReturnFocus />
      <Denied refused={refused} operation={operation} />
      <div className={styles.dialogActions}>
        <Button data-autofocus size="compact-sm" onClick={() => void retry(failed)}>
          {text.files.repair.retry}
        </Button>
      </div>
    </Modal>
  );
}

type SignInDialogProps = { failed: Failed; profile: string | undefined; connection: string | undefined };

/** Goes on by itself once the person has signed in here. */
function SignInDialog({ failed, profile, connection }: SignInDialogProps) {
  const { text } = useLanguage();
  return (
    <Modal
      opened
      onClose={closeDialog}
      title={text.files.signInTitle}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <ReturnFocus />
      <SignInWays connection={connection} profile={profile} first onDone={() => void retry(failed)} />
      <div className={styles.dialogActions}>
        <Button variant="subtle" onClick={() => void orNotice(client().openLink('aws-sign-in'))}>
          {text.files.signInHelp}
        </Button>
        <Button variant="default" onClick={() => void retry(failed)}>
          {text.files.signInDone}
        </Button>
      </div>
    </Modal>
  );
}

function ChooseKeyDialog({ failed }: { failed: Failed }) {
  const { text } = useLanguage();
  const [keys, setKeys] = useState<string[]>([]);
  return (
    <Modal
      opened
      onClose={closeDialog}
      title={text.files.chooseKeyTitle}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <ReturnFocus />
      <KeyPicker value={keys} onChange={setKeys} />
      <RecoveryNote />
      <div className={styles.dialogActions}>
        <Button variant="default" onClick={closeDialog}>
          {text.common.cancel}
        </Button>
        <Button disabled={keys.length === 0} onClick={() => void retry(failed, { keys })}>
          {text.files.chooseKeyDo}
        </Button>
      </div>
    </Modal>
  );
}

function DetailsDialog({ id }: { id: string }) {
  const row = useKeyed(jobs.rows, id);
  return row === undefined ? null : <RowDetails row={row} />;
}

function Open({ dialog }: { dialog: RowDialog }) {
  switch (dialog.kind) {
    case 'details':
      return <DetailsDialog id={dialog.row} />;
    case 'locate':
      return <LocateDialog id={dialog.row} />;
    case 'choose-key':
      return <ChooseKeyDialog failed={dialog.failed} />;
    case 'recovery':
      return <LendDialog onClose={closeDialog} onDone={() => void retryUnopened(dialog.failed)} />;
    case 'policy':
      return <PolicyDialog {...dialog} />;
    case 'sign-in':
      return <SignInDialog failed={dialog.failed} profile={dialog.profile} connection={dialog.connection} />;
  }
}

export function RowDialogs() {
  const dialog = useStore(rowDialog);
  return dialog === undefined ? null : <Open dialog={dialog} />;
}

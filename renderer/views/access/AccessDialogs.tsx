import { Button, Modal } from '@mantine/core';
import type { RefusedBy } from '../../../shared/denial.ts';
import { client, orNotice } from '../../client.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Denied } from '../denied/Denied.tsx';
import dialogs from '../files/dialogs.module.css';
import { ReturnFocus } from '../parts/ReturnFocus.tsx';
import { LendDialog } from '../recovery/KeyDialogs.tsx';
import { SignInWays } from '../sign-in/SignInWays.tsx';
import { accessDialog, closeAccessDialog, type AccessDialog } from './mend.ts';

function Policy({ refused, onAgain }: { refused: RefusedBy; onAgain: () => void }) {
  const { text } = useLanguage();
  return (
    <Modal
      opened
      onClose={closeAccessDialog}
      size="lg"
      title={text.files.policyTitle}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <ReturnFocus />
      <Denied refused={refused} operation={refused.action === 'Decrypt' ? 'open' : 'seal'} />
      <div className={dialogs.dialogActions}>
        <Button data-autofocus size="compact-sm" onClick={onAgain}>
          {text.files.repair.retry}
        </Button>
      </div>
    </Modal>
  );
}

type SignInProps = {
  connection: string | undefined;
  profile: string | undefined;
  onAgain: () => void;
};

function SignIn({ connection, profile, onAgain }: SignInProps) {
  const { text } = useLanguage();
  return (
    <Modal
      opened
      onClose={closeAccessDialog}
      title={text.files.signInTitle}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <ReturnFocus />
      <SignInWays connection={connection} profile={profile} first onDone={onAgain} />
      <div className={dialogs.dialogActions}>
        <Button variant="subtle" onClick={() => void orNotice(client().openLink('aws-sign-in'))}>
          {text.files.signInHelp}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {text.files.signInDone}
        </Button>
      </div>
    </Modal>
  );
}

function Open({ dialog }: { dialog: AccessDialog }) {
  const again = (): void => {
    closeAccessDialog();
    void dialog.again();
  };
  switch (dialog.kind) {
    case 'recovery':
      return <LendDialog onClose={closeAccessDialog} onDone={again} />;
    case 'show-policy':
      return <Policy refused={dialog.refused} onAgain={again} />;
    case 'sign-in':
      return <SignIn connection={dialog.connection} profile={dialog.profile} onAgain={again} />;
  }
}

/** What mends a failure and needs a person: a sheet's key, a sign-in, an administrator. */
export function AccessDialogs() {
  const dialog = useStore(accessDialog);
  return dialog === undefined ? null : <Open dialog={dialog} />;
}

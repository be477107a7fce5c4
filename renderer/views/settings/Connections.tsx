import { Button } from '@mantine/core';
import { Cloud, Plus } from 'lucide-react';
import { useState } from 'react';
import type { SettingsView } from '../../../shared/contract.ts';
import type { KmsConnection } from '../../../shared/kms.ts';
import { client } from '../../client.ts';
import { loadKeys } from '../../store/keys.ts';
import { settings } from '../../store/settings.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { SignInStanding } from '../sign-in/SignInStanding.tsx';
import { ConnectionDialog } from './ConnectionDialog.tsx';
import { ConnectionTest } from './ConnectionTest.tsx';
import { credentialsFact, reachFacts } from './connection-facts.ts';

type Dialog = { kind: 'add' } | { kind: 'edit' | 'remove'; connection: KmsConnection };

/** What a call answers is what is shown, and its keys are other keys now. */
function afterChange(view: SettingsView): void {
  settings.set(view);
  void loadKeys();
}

function RemoveDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { text } = useLanguage();
  return (
    <FormDialog
      title={text.settings.removeTitle(printable(name))}
      action={text.settings.removeDo}
      dangerous
      onClose={onClose}
      onSubmit={() => client().removeConnection(name)}
      onDone={(view) => {
        onClose();
        afterChange(view);
      }}
    >
      <p className={parts.quiet}>{text.settings.removeWhy}</p>
    </FormDialog>
  );
}

type ConnectionLineProps = {
  connection: KmsConnection;
  hasSecret: boolean;
  onDialog: (dialog: Dialog) => void;
};

function ConnectionLine({ connection, hasSecret, onDialog }: ConnectionLineProps) {
  const { settings: words } = useLanguage().text;
  const { name, credentials } = connection;
  return (
    <li>
      <div className={parts.row}>
        <Cloud size={20} strokeWidth={1.75} aria-hidden="true" />
        <div className={parts.rowText}>
          <div className={parts.rowTitle}>{printable(name)}</div>
          <div>{credentialsFact(credentials, words)}</div>
          <div className={parts.quiet}>{reachFacts(connection, words).join(' · ')}</div>
        </div>
        <div className={parts.actions}>
          <Button
            variant="default"
            size="compact-sm"
            aria-label={words.editOf(name)}
            onClick={() => onDialog({ kind: 'edit', connection })}
          >
            {words.edit}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            aria-label={words.removeOf(name)}
            onClick={() => onDialog({ kind: 'remove', connection })}
          >
            {words.remove}
          </Button>
        </div>
      </div>
      {credentials.kind === 'keys' && !hasSecret && <Saying kind="warning">{words.secretMissing}</Saying>}
      <SignInStanding connection={name} />
      <ConnectionTest name={name} />
    </li>
  );
}

/** The ways to AWS KMS: what each uses, its test, and the form that changes it. */
export function Connections({ view }: { view: SettingsView }) {
  const { settings: words } = useLanguage().text;
  const [dialog, setDialog] = useState<Dialog>();
  const { connections } = view.settings;
  const close = (): void => setDialog(undefined);
  return (
    <Panel
      title={words.connections}
      actions={
        <Button
          size="sm"
          leftSection={<Plus size={16} aria-hidden="true" />}
          onClick={() => setDialog({ kind: 'add' })}
        >
          {words.add}
        </Button>
      }
    >
      {connections.length === 0 && <p className={parts.quiet}>{words.connectionsEmpty}</p>}
      <ul className={parts.rows}>
        {connections.map((connection) => (
          <ConnectionLine
            key={connection.name}
            connection={connection}
            hasSecret={view.secrets[connection.name] !== undefined}
            onDialog={setDialog}
          />
        ))}
      </ul>
      {dialog?.kind === 'remove' && <RemoveDialog name={dialog.connection.name} onClose={close} />}
      {(dialog?.kind === 'add' || dialog?.kind === 'edit') && (
        <ConnectionDialog
          connection={dialog.kind === 'edit' ? dialog.connection : undefined}
          view={view}
          onClose={close}
          onSaved={afterChange}
        />
      )}
    </Panel>
  );
}

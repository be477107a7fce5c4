import { NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { SettingsView } from '../../../shared/contract.ts';
import type { KmsConnection, KmsCredentials } from '../../../shared/kms.ts';
import { client } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import { draftOf, formOf, secretOf, type ConnectionDraft } from './connection-draft.ts';
import { connectionProblems, type ConnectionProblems } from './connection-problems.ts';
import { isMore, MoreFields } from './MoreFields.tsx';
import styles from './settings.module.css';

export type FieldsProps = {
  draft: ConnectionDraft;
  problem: (field: keyof ConnectionDraft) => string | undefined;
  onChange: (change: Partial<ConnectionDraft>) => void;
};

const kinds: readonly KmsCredentials['kind'][] = ['profile', 'sso', 'role', 'keys', 'default'];

/** Whether the secret is known already: of this connection, and of this very access key. */
function knownSecret(
  connection: KmsConnection | undefined,
  { secrets }: SettingsView,
  draft: ConnectionDraft,
): 'stored' | 'session' | undefined {
  if (connection?.credentials.kind !== 'keys') return undefined;
  return connection.credentials.accessKeyId === draft.accessKeyId.trim()
    ? secrets[connection.name]
    : undefined;
}

/** What the form holds, with the sentences for what is wrong once somebody tried to save it. */
function useDraft(connection: KmsConnection | undefined, view: SettingsView) {
  const { problems: sentences } = useLanguage().text.settings.form;
  const [draft, setDraft] = useState(() => draftOf(connection));
  const [tried, setTried] = useState(false);
  const taken = view.settings.connections.map(({ name }) => name).filter((name) => name !== connection?.name);
  const secret = knownSecret(connection, view, draft);
  const problems: ConnectionProblems = connectionProblems(draft, taken, secret === undefined);
  const fields: FieldsProps = {
    draft,
    problem: (field) => {
      const found = tried ? problems[field] : undefined;
      return found === undefined ? undefined : sentences[found];
    },
    onChange: (change) => setDraft((now) => ({ ...now, ...change })),
  };
  return { draft, fields, problems, secret, tried, setTried };
}

type ConnectionDialogProps = {
  /** Undefined: a new one. */
  connection: KmsConnection | undefined;
  view: SettingsView;
  onClose: () => void;
  onSaved: (view: SettingsView) => void;
};

export function ConnectionDialog({ connection, view, onClose, onSaved }: ConnectionDialogProps) {
  const { form } = useLanguage().text.settings;
  const { draft, fields, problems, secret, tried, setTried } = useDraft(connection, view);
  const [more, setMore] = useState(false);
  const shownMore = more || (tried && Object.keys(problems).some(isMore));
  const Chevron = shownMore ? ChevronDown : ChevronRight;
  return (
    <FormDialog
      title={connection === undefined ? form.add : form.edit(printable(connection.name))}
      action={form.save}
      wide
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (Object.keys(problems).length > 0) return undefined;
        return client().saveConnection(formOf(draft), connection?.name, secretOf(draft));
      }}
      onDone={(saved) => {
        onClose();
        onSaved(saved);
      }}
    >
      <TextInput
        data-autofocus
        label={form.name}
        description={form.nameHint}
        value={draft.name}
        error={fields.problem('name')}
        onChange={(event) => fields.onChange({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={form.from}
        description={form.kindHints[draft.kind]}
        value={draft.kind}
        data={kinds.map((value) => ({ value, label: form.kinds[value] }))}
        onChange={(event) => {
          const kind = kinds.find((one) => one === event.currentTarget.value);
          if (kind !== undefined) fields.onChange({ kind });
        }}
      />
      <CredentialFields {...fields} connection={connection} secret={secret} keyStore={view.keyStore} />
      <TextInput
        label={form.region}
        description={form.regionHint}
        value={draft.region}
        error={fields.problem('region')}
        onChange={(event) => fields.onChange({ region: event.currentTarget.value })}
      />
      <UnstyledButton className={styles.more} aria-expanded={shownMore} onClick={() => setMore(!shownMore)}>
        <Chevron size={16} aria-hidden="true" /> {form.more}
      </UnstyledButton>
      {shownMore && <MoreFields {...fields} />}
    </FormDialog>
  );
}

/** @file The fields of a connection that say where its credentials come from. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeyStoreState } from '../../../shared/desktop.ts';
import { client, orNotice } from '../../client.ts';
import { settings } from '../../store/settings.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import type { FieldsProps } from './ConnectionDialog.tsx';

type WithProfiles = FieldsProps & { profiles: readonly string[] | undefined };

/** One that is set stays in the list, also where its file does not name it any more. */
const withChosen = (profiles: readonly string[], chosen: string): string[] =>
  chosen === '' || profiles.includes(chosen) ? [...profiles] : [chosen, ...profiles];

export function ProfileField({ draft, problem, onChange, profiles }: WithProfiles) {
  const { form } = useLanguage().text.settings;
  if (profiles?.length === 0) {
    return (
      <TextInput
        label={form.profile}
        description={form.profilesNone}
        value={draft.profile}
        error={problem('profile')}
        onChange={(event) => onChange({ profile: event.currentTarget.value })}
      />
    );
  }
  return (
    <NativeSelect
      label={form.profile}
      value={draft.profile}
      disabled={profiles === undefined}
      error={problem('profile')}
      onChange={(event) => onChange({ profile: event.currentTarget.value })}
    >
      <option value="">{form.profileChoose}</option>
      {withChosen(profiles ?? [], draft.profile).map((profile) => (
        <option key={profile} value={profile}>
          {profile}
        </option>
      ))}
    </NativeSelect>
  );
}

export function RoleFields({ draft, problem, onChange, profiles }: WithProfiles) {
  const { form } = useLanguage().text.settings;
  return (
    <>
      <TextInput
        label={form.roleArn}
        placeholder="arn:aws:iam::123456789012:role/name"
        value={draft.roleArn}
        error={problem('roleArn')}
        onChange={(event) => onChange({ roleArn: event.currentTarget.value })}
      />
      <NativeSelect
        label={form.sourceProfile}
        value={draft.sourceProfile}
        onChange={(event) => onChange({ sourceProfile: event.currentTarget.value })}
      >
        <option value="">{form.sourceDefault}</option>
        {withChosen(profiles ?? [], draft.sourceProfile).map((profile) => (
          <option key={profile} value={profile}>
            {profile}
          </option>
        ))}
      </NativeSelect>
      <TextInput
        label={form.mfaSerial}
        description={form.mfaSerialHint}
        value={draft.mfaSerial}
        error={problem('mfaSerial')}
        onChange={(event) => onChange({ mfaSerial: event.currentTarget.value })}
      />
    </>
  );
}

type AccessKeyProps = FieldsProps & {
  /** Name of the connection that is edited. */
  connection: string | undefined;
  secret: 'stored' | 'session' | undefined;
  keyStore: KeyStoreState;
};

/** The secret can be set, replaced and cleared; what it is comes back from nowhere. */
export function AccessKeyFields(props: AccessKeyProps) {
  const { draft, problem, onChange, connection, secret, keyStore } = props;
  const { form } = useLanguage().text.settings;
  const [replacing, setReplacing] = useState(false);
  const clear = async (): Promise<void> => {
    if (connection === undefined) return;
    const view = await orNotice(client().clearSecret(connection));
    if (view !== undefined) settings.set(view);
  };
  return (
    <>
      <TextInput
        label={form.accessKeyId}
        placeholder="AKIA…"
        autoComplete="off"
        spellCheck={false}
        value={draft.accessKeyId}
        error={problem('accessKeyId')}
        onChange={(event) => onChange({ accessKeyId: event.currentTarget.value })}
      />
      {keyStore.kind !== 'real' && <Saying kind="warning">{form.secretWeak}</Saying>}
      {secret !== undefined && !replacing ? (
        <Saying kind="info">
          <p>
            {secret === 'stored' && keyStore.kind === 'real'
              ? form.secretStored(keyStore.name)
              : form.secretSession}
          </p>
          <div className={parts.repairs}>
            <Button variant="default" size="compact-sm" onClick={() => setReplacing(true)}>
              {form.replaceSecret}
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => void clear()}>
              {form.clearSecret}
            </Button>
          </div>
        </Saying>
      ) : (
        <SecretFields draft={draft} problem={problem} onChange={onChange} keyStore={keyStore} />
      )}
      {secret !== undefined && replacing && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              setReplacing(false);
              onChange({ secretAccessKey: '', sessionToken: '' });
            }}
          >
            {form.keepSecret}
          </Button>
        </div>
      )}
    </>
  );
}

function SecretFields({ draft, problem, onChange, keyStore }: FieldsProps & { keyStore: KeyStoreState }) {
  const { form } = useLanguage().text.settings;
  return (
    <>
      <TextInput
        type="password"
        label={form.secret}
        description={keyStore.kind === 'real' ? form.secretHint(keyStore.name) : form.secretHintSession}
        autoComplete="off"
        value={draft.secretAccessKey}
        error={problem('secretAccessKey')}
        onChange={(event) => onChange({ secretAccessKey: event.currentTarget.value })}
      />
      <TextInput
        type="password"
        label={form.sessionToken}
        description={form.sessionTokenHint}
        autoComplete="off"
        value={draft.sessionToken}
        onChange={(event) => onChange({ sessionToken: event.currentTarget.value })}
      />
    </>
  );
}

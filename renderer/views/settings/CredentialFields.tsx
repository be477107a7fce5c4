/** @file The fields of a connection that say where its credentials come from. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { KmsConnection } from '../../../shared/kms.ts';
import type { KeyStoreState } from '../../../shared/desktop.ts';
import { client, orNotice } from '../../client.ts';
import { settings } from '../../store/settings.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { wiped } from '../parts/wiped.ts';
import { SsoChoice } from '../sign-in/SsoChoice.tsx';
import type { FieldsProps } from './ConnectionDialog.tsx';
import { formOf } from './connection-draft.ts';
import { connectionProblems } from './connection-problems.ts';

type WithProfiles = FieldsProps & { profiles: readonly string[] | undefined };

/** One that is set stays in the list, also where its file does not name it any more. */
const withChosen = (profiles: readonly string[], chosen: string): string[] =>
  chosen === '' || profiles.includes(chosen) ? [...profiles] : [chosen, ...profiles];

function useProfiles(): readonly string[] | undefined {
  const [profiles, setProfiles] = useState<readonly string[]>();
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      const found = await orNotice(client().profiles());
      if (!gone) setProfiles(found ?? []);
    };
    void load();
    return () => {
      gone = true;
    };
  }, []);
  return profiles;
}

/** The fields of the kind that was chosen. */
export function CredentialFields(props: AccessKeyProps) {
  const profiles = useProfiles();
  switch (props.draft.kind) {
    case 'default':
      return null;
    case 'profile':
      return <ProfileField {...props} profiles={profiles} />;
    case 'sso':
      return <SignInFields {...props} />;
    case 'role':
      return <RoleFields {...props} profiles={profiles} />;
    case 'keys':
      return <AccessKeyFields {...props} />;
  }
}

function ProfileField({ draft, problem, onChange, profiles }: WithProfiles) {
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

function RoleFields({ draft, problem, onChange, profiles }: WithProfiles) {
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

/** What a sign-in with the browser leads to. */
function SignInFields({ draft, problem, onChange }: FieldsProps) {
  const { form } = useLanguage().text.settings;
  const field = (name: 'startUrl' | 'ssoRegion' | 'account' | 'role') => (
    <TextInput
      label={form[name]}
      description={form[`${name}Hint`]}
      autoComplete="off"
      spellCheck={false}
      value={draft[name]}
      error={problem(name)}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  const { startUrl, ssoRegion } = connectionProblems(draft, [], false);
  return (
    <>
      {field('startUrl')}
      {field('ssoRegion')}
      <SsoChoice
        form={startUrl === undefined && ssoRegion === undefined ? formOf(draft) : undefined}
        account={draft.account}
        role={draft.role}
        onChoose={onChange}
      />
      {field('account')}
      {field('role')}
    </>
  );
}

type AccessKeyProps = FieldsProps & {
  /** The connection that is edited. */
  connection: KmsConnection | undefined;
  secret: 'stored' | 'session' | undefined;
  keyStore: KeyStoreState;
};

/** The secret can be set, replaced and cleared; what it is comes back from nowhere. */
function AccessKeyFields(props: AccessKeyProps) {
  const { draft, problem, onChange, connection, secret, keyStore } = props;
  const { form } = useLanguage().text.settings;
  const [replacing, setReplacing] = useState(false);
  const clear = async (): Promise<void> => {
    if (connection === undefined) return;
    const view = await orNotice(client().clearSecret(connection.name));
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

type SecretFieldsProps = FieldsProps & {
  keyStore: KeyStoreState;
  /** The keyboard begins here. */
  begin?: boolean;
};

export function SecretFields({ draft, problem, onChange, keyStore, begin = false }: SecretFieldsProps) {
  const { form } = useLanguage().text.settings;
  return (
    <>
      <TextInput
        type="password"
        ref={wiped}
        data-autofocus={begin || undefined}
        label={form.secret}
        description={keyStore.kind === 'real' ? form.secretHint(keyStore.name) : form.secretHintSession}
        autoComplete="off"
        value={draft.secretAccessKey}
        error={problem('secretAccessKey')}
        onChange={(event) => onChange({ secretAccessKey: event.currentTarget.value })}
      />
      <TextInput
        type="password"
        ref={wiped}
        label={form.sessionToken}
        description={form.sessionTokenHint}
        autoComplete="off"
        value={draft.sessionToken}
        onChange={(event) => onChange({ sessionToken: event.currentTarget.value })}
      />
    </>
  );
}

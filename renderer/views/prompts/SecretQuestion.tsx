import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SettingsView } from '../../../shared/contract.ts';
import type { Prompt } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import type { KmsConnection } from '../../../shared/kms.ts';
import { client } from '../../client.ts';
import { answer } from '../../store/prompt.ts';
import { settings } from '../../store/settings.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { draftOf, formOf, secretOf, type ConnectionDraft } from '../settings/connection-draft.ts';
import { connectionProblems } from '../settings/connection-problems.ts';
import { SecretFields } from '../settings/CredentialFields.tsx';
import styles from './prompts.module.css';

type Asked = Extract<Prompt, { kind: 'session' }>;
type SecretQuestionProps = { asked: Asked; connection: KmsConnection; view: SettingsView };

/** Saves the access key of a connection, then says to what waits that it may go on. */
function useSave({ asked, connection }: SecretQuestionProps) {
  const [error, setError] = useState<ErrorRecord>();
  const [busy, setBusy] = useState(false);
  const save = async (draft: ConnectionDraft): Promise<void> => {
    setBusy(true);
    const saved = await client().saveConnection(formOf(draft), connection.name, secretOf(draft));
    setBusy(false);
    if (saved.ok) {
      settings.set(saved.value);
      await answer(asked.id, 'retry');
    } else setError(saved.error);
  };
  return { error, busy, save };
}

/** Where an access key has ended, or its secret was kept for the last run only: nobody signs in, but the key is entered here. */
export function SecretQuestion(props: SecretQuestionProps) {
  const { asked, connection, view } = props;
  const { text, explain } = useLanguage();
  const { session, secret: words } = text.prompts;
  const { form } = text.settings;
  const [draft, setDraft] = useState(() => draftOf(connection));
  const [tried, setTried] = useState(false);
  const { error, busy, save } = useSave(props);
  const problems = connectionProblems(draft, [], true);
  const problem = (field: keyof ConnectionDraft): string | undefined => {
    const found = tried ? problems[field] : undefined;
    return found === undefined ? undefined : form.problems[found];
  };
  const onChange = (change: Partial<ConnectionDraft>): void => setDraft((now) => ({ ...now, ...change }));
  const isOver = asked.error.code === 'credentials-expired';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(problems).length === 0) void save(draft);
      }}
    >
      <p>
        {isOver ? explain(asked.error).what : words.missing} {words.hint}
      </p>
      <TextInput
        label={form.accessKeyId}
        autoComplete="off"
        spellCheck={false}
        value={draft.accessKeyId}
        error={problem('accessKeyId')}
        onChange={(event) => onChange({ accessKeyId: event.currentTarget.value })}
      />
      <SecretFields draft={draft} problem={problem} onChange={onChange} keyStore={view.keyStore} begin />
      {error !== undefined && <ErrorNote error={error} />}
      <div className={styles.actions}>
        <Button variant="default" onClick={() => void answer(asked.id, undefined)}>
          {session.no}
        </Button>
        <Button type="submit" loading={busy}>
          {words.do}
        </Button>
      </div>
    </form>
  );
}

import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { SettingsView } from '../../../shared/contract.ts';
import type { Prompt } from '../../../shared/desktop.ts';
import type { KmsConnection } from '../../../shared/kms.ts';
import { answer, prompt } from '../../store/prompt.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage, type InLanguage } from '../../text/useLanguage.tsx';
import { AccountQuestion } from './AccountQuestion.tsx';
import { SignInLines } from '../sign-in/SignInLines.tsx';
import { SignInPanel } from '../sign-in/SignInPanel.tsx';
import { PolicyQuestion } from './PolicyQuestion.tsx';
import { OfflineQuestion } from './OfflineQuestion.tsx';
import { SecretQuestion } from './SecretQuestion.tsx';
import { problemOfPassphrase } from './passphrase.ts';
import styles from './prompts.module.css';
import { ReturnFocus } from '../parts/ReturnFocus.tsx';
import { wiped } from '../parts/wiped.ts';

type Of<Kind extends Prompt['kind']> = Extract<Prompt, { kind: Kind }>;

type AskProps = {
  hint: string;
  no: string;
  yes: string;
  /** What the answer is, or undefined while it cannot be given. */
  text: string | undefined;
  id: string;
  /** Where the keyboard begins, if there is no field. */
  begin?: 'yes';
  /** Yes is not what is best to do here. */
  quiet?: boolean;
  children?: ReactNode;
};

/** The frame of every question: what it is about, the fields, no and yes. Enter says yes. */
function Ask({ hint, no, yes, text, id, begin, quiet = false, children }: AskProps) {
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== undefined) void answer(id, text);
      }}
    >
      <p>{hint}</p>
      {children}
      <div className={styles.actions}>
        <Button variant="default" onClick={() => void answer(id, undefined)}>
          {no}
        </Button>
        <Button
          type="submit"
          variant={quiet ? 'default' : 'filled'}
          data-autofocus={begin === 'yes' || undefined}
          disabled={text === undefined}
        >
          {yes}
        </Button>
      </div>
    </form>
  );
}

function Unlock({ asked }: { asked: Of<'passphrase'> }) {
  const { text } = useLanguage();
  const [value, setValue] = useState('');
  const words = text.prompts.unlock;
  return (
    <Ask
      id={asked.id}
      hint={words.hint}
      no={text.common.cancel}
      yes={words.do}
      text={value === '' ? undefined : value}
    >
      <PasswordInput
        ref={wiped}
        data-autofocus
        label={words.passphrase}
        value={value}
        error={asked.again && value === '' ? text.prompts.again.passphrase : undefined}
        onChange={(event) => {
          setValue(event.currentTarget.value);
        }}
      />
    </Ask>
  );
}

function Protect({ asked }: { asked: Of<'passphrase'> }) {
  const { text } = useLanguage();
  const [value, setValue] = useState('');
  const [repeated, setRepeated] = useState('');
  const words = text.prompts.protect;
  const problem = problemOfPassphrase(value, repeated);
  return (
    <Ask
      id={asked.id}
      hint={words.hint}
      no={text.common.cancel}
      yes={words.do}
      text={problem === undefined ? value : undefined}
    >
      <PasswordInput
        ref={wiped}
        data-autofocus
        label={words.passphrase}
        description={words.short}
        autoComplete="new-password"
        value={value}
        onChange={(event) => {
          setValue(event.currentTarget.value);
        }}
      />
      <PasswordInput
        ref={wiped}
        label={words.repeat}
        autoComplete="new-password"
        value={repeated}
        error={repeated !== '' && problem === 'different' ? words.different : undefined}
        onChange={(event) => {
          setRepeated(event.currentTarget.value);
        }}
      />
    </Ask>
  );
}

function Mfa({ asked }: { asked: Of<'mfa'> }) {
  const { text } = useLanguage();
  const [value, setValue] = useState('');
  const words = text.prompts.mfa;
  return (
    <Ask
      id={asked.id}
      hint={words.hint(asked.serial)}
      no={text.common.cancel}
      yes={words.do}
      text={/^\d{6}$/.test(value) ? value : undefined}
    >
      <TextInput
        ref={wiped}
        data-autofocus
        label={words.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={value}
        error={asked.again && value === '' ? text.prompts.again.mfa : undefined}
        onChange={(event) => {
          setValue(event.currentTarget.value.replaceAll(/\D/g, ''));
        }}
      />
    </Ask>
  );
}

/** The connection that is asked about, if it has an access key: for that nobody signs in. */
const accessKeyConnection = (
  { connection }: Of<'session'>,
  view: SettingsView | undefined,
): KmsConnection | undefined =>
  view?.settings.connections.find(
    ({ name, credentials }) => name === connection && credentials.kind === 'keys',
  );

/** Where one can sign in here, the work goes on by itself as soon as that is done. */
function Session({ asked }: { asked: Of<'session'> }) {
  const { text, explain } = useLanguage();
  const view = useStore(settings);
  const connection = accessKeyConnection(asked, view);
  const words = text.prompts.session;
  const profile = asked.error.details['profile'];
  const { what } = explain(asked.error);
  if (connection !== undefined && view !== undefined)
    return <SecretQuestion asked={asked} connection={connection} view={view} />;
  if (asked.signIn) {
    return (
      <Ask id={asked.id} hint={`${what} ${words.hintHere}`} no={words.no} yes={words.done} text="retry" quiet>
        <SignInPanel connection={asked.connection} first />
      </Ask>
    );
  }
  return (
    <Ask id={asked.id} hint={`${what} ${words.hint}`} no={words.no} yes={words.do} text="retry" begin="yes">
      <SignInLines profile={typeof profile === 'string' ? profile : undefined} />
    </Ask>
  );
}

function titleOf(asked: Prompt, { text, keyName }: InLanguage, view: SettingsView | undefined): string {
  const words = text.prompts;
  switch (asked.kind) {
    case 'passphrase':
      return words[asked.purpose].title(keyName(asked.keyName));
    case 'mfa':
      return words.mfa.title;
    case 'account':
      return text.trust.prompt.title[asked.unfamiliar];
    case 'policy-keys':
      return text.policy.prompt.title;
    case 'offline':
      return text.waiting.prompt.title;
    case 'session':
      return accessKeyConnection(asked, view) === undefined
        ? words.session.title(asked.connection)
        : words.secret.title(asked.connection);
  }
}

function Question({ asked }: { asked: Prompt }) {
  switch (asked.kind) {
    case 'passphrase':
      return asked.purpose === 'unlock' ? <Unlock asked={asked} /> : <Protect asked={asked} />;
    case 'mfa':
      return <Mfa asked={asked} />;
    case 'account':
      return <AccountQuestion asked={asked} />;
    case 'policy-keys':
      return <PolicyQuestion asked={asked} />;
    case 'offline':
      return <OfflineQuestion asked={asked} />;
    case 'session':
      return <Session asked={asked} />;
  }
}

/** The question that is open: one for all work that waits for it. A click beside it is not an answer. */
export function PromptDialog() {
  const language = useLanguage();
  const asked = useStore(prompt);
  const view = useStore(settings);
  if (asked === undefined) return null;
  return (
    <Modal
      opened
      zIndex={300}
      closeOnClickOutside={false}
      title={titleOf(asked, language, view)}
      closeButtonProps={{ 'aria-label': language.text.common.cancel }}
      onClose={() => void answer(asked.id, undefined)}
    >
      <ReturnFocus />
      <Question key={asked.id} asked={asked} />
    </Modal>
  );
}

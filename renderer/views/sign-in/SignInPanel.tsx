/** @file Signing in at IAM Identity Center: the button, the code to compare, and how it went. */
import { Button, CopyButton, Loader } from '@mantine/core';
import { Check, Copy, LogIn } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { SignIn } from '../../../shared/sign-in.ts';
import { client, orNotice } from '../../client.ts';
import { useKeyed } from '../../store/keyed.ts';
import { beginSignIn, isRunning, signIns } from '../../store/sign-in.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import styles from './sign-in.module.css';

function CopyAddress({ url }: { url: string }) {
  const { text } = useLanguage();
  return (
    <CopyButton value={url}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={
            copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />
          }
          onClick={copy}
        >
          {copied ? text.common.copied : text.signIn.copyAddress}
        </Button>
      )}
    </CopyButton>
  );
}

type Confirming = Extract<SignIn, { state: 'confirming' }>;

/** The code is large: it is compared with the one in the browser, letter by letter. */
function Code({ connection, signIn }: { connection: string; signIn: Confirming }) {
  const { text, format } = useLanguage();
  const words = text.signIn;
  return (
    <div className={styles.confirming} role="group" aria-label={words.title}>
      <p>{words.compare}</p>
      <p className={styles.code}>
        <span className="only-read">{words.code} </span>
        {signIn.userCode}
      </p>
      <p className={styles.quiet}>{words.until(format.time(signIn.until))}</p>
      <div className={styles.actions}>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => void orNotice(client().openSignInPage(connection))}
        >
          {words.openAgain}
        </Button>
        <CopyAddress url={signIn.url} />
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => void orNotice(client().cancelSignIn(connection))}
        >
          {text.common.cancel}
        </Button>
      </div>
    </div>
  );
}

type SignInPanelProps = {
  connection: string;
  /** Begins it; where nothing is said, for a connection of the settings. */
  onBegin?: (() => void) | undefined;
  /** What the button says. */
  action?: string | undefined;
  /** It is the first thing to do here. */
  first?: boolean;
  /** Called when the person has signed in while this was shown. */
  onDone?: (() => void) | undefined;
};

export function SignInPanel({ connection, onBegin, action, first = false, onDone }: SignInPanelProps) {
  const { text } = useLanguage();
  const signIn = useKeyed(signIns, connection);
  const wasRunning = useRef(false);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (wasRunning.current && signIn?.state === 'signed-in') done.current?.();
    wasRunning.current = isRunning(signIn);
  }, [signIn]);
  if (signIn?.state === 'confirming') return <Code connection={connection} signIn={signIn} />;
  if (signIn?.state === 'beginning') {
    return (
      <p className={styles.beginning} role="status">
        <Loader size={16} aria-hidden="true" /> {text.signIn.beginning}
      </p>
    );
  }
  return (
    <div className={styles.start}>
      {signIn?.state === 'failed' && <ErrorNote error={signIn.error} />}
      <Button
        variant={first ? 'filled' : 'default'}
        size={first ? 'sm' : 'compact-sm'}
        data-autofocus={first || undefined}
        leftSection={<LogIn size={16} aria-hidden="true" />}
        onClick={() => {
          if (onBegin === undefined) void beginSignIn(connection);
          else onBegin();
        }}
      >
        {action ?? text.signIn.begin}
      </Button>
    </div>
  );
}

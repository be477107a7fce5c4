import type { ReactNode } from 'react';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { repairsOf } from '../../../shared/remedies.ts';
import { SignInWays } from '../sign-in/SignInWays.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import parts from './parts.module.css';

type SignInNoteProps = { error: ErrorRecord; connection: string; children?: ReactNode };

/** An error of a connection or one of its keys: where a sign-in mends it, with the way to sign in. */
export function SignInNote({ error, connection, children }: SignInNoteProps) {
  const signIn = repairsOf(error, 'open').find((repair) => repair.kind === 'sign-in');
  return (
    <ErrorNote error={error} own>
      {signIn !== undefined && (
        <div className={parts.whole}>
          <SignInWays connection={connection} profile={signIn.profile} />
        </div>
      )}
      {children}
    </ErrorNote>
  );
}

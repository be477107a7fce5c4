import type { ReactNode } from 'react';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { repairsOf } from '../../errors/repair.ts';
import { SignInLines } from '../files/RowDialogs.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import parts from './parts.module.css';

/** An error of a connection: where a sign-in mends it, with the commands that sign in. */
export function SignInNote({ error, children }: { error: ErrorRecord; children?: ReactNode }) {
  const signIn = repairsOf(error, 'open').find((repair) => repair.kind === 'sign-in');
  return (
    <ErrorNote error={error}>
      {signIn !== undefined && (
        <div className={parts.whole}>
          <SignInLines profile={signIn.profile} />
        </div>
      )}
      {children}
    </ErrorNote>
  );
}

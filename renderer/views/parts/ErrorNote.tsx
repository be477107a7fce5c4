import { useMemo, type ReactNode } from 'react';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { refusalsIn } from '../../../shared/denial.ts';
import { keys } from '../../store/keys.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { withKeyName } from '../choices/key-options.ts';
import { DeniedOnDemand } from '../denied/Denied.tsx';
import { Saying } from './Saying.tsx';
import parts from './parts.module.css';

type ErrorNoteProps = {
  error: ErrorRecord;
  /** The key is from the user's own list. One that opens is else taken to be named by an envelope, which is asked about. */
  own?: boolean;
  children?: ReactNode;
};

/** What failed, why, what to do, and what an administrator wants to know. `children`: the buttons that mend it. */
export function ErrorNote({ error, own = false, children }: ErrorNoteProps) {
  const { text, explain } = useLanguage();
  // Said with the name that the person knows; a policy names the key itself.
  const { what, next } = explain(withKeyName(error, useStore(keys)));
  const refused = useMemo(() => refusalsIn(error)[0], [error]);
  const requestId = error.details['requestId'];
  return (
    <Saying kind="error">
      <p>
        <strong>{what}</strong> {next}
      </p>
      {refused !== undefined && (
        <div className={parts.repairs}>
          <DeniedOnDemand
            refused={refused}
            operation={refused.action === 'Decrypt' && !own ? 'open' : 'seal'}
          />
        </div>
      )}
      {typeof requestId === 'string' && <p className={parts.identifier}>{text.card.requestId(requestId)}</p>}
      {children !== undefined && <div className={parts.repairs}>{children}</div>}
    </Saying>
  );
}

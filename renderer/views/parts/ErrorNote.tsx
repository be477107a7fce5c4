import type { ReactNode } from 'react';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { policyFor } from '../../../shared/remedies.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Saying } from './Saying.tsx';
import parts from './parts.module.css';

/** What failed, why, what to do, and what an administrator wants to know. `children`: the buttons that mend it. */
export function ErrorNote({ error, children }: { error: ErrorRecord; children?: ReactNode }) {
  const { text, explain } = useLanguage();
  const { what, next } = explain(error);
  const requestId = error.details['requestId'];
  return (
    <Saying kind="error">
      <p>
        <strong>{what}</strong> {next}
      </p>
      {error.code === 'kms-access-denied' && <pre className={parts.code}>{policyFor(error.details)}</pre>}
      {typeof requestId === 'string' && <p className={parts.identifier}>{text.card.requestId(requestId)}</p>}
      {children !== undefined && <div className={parts.repairs}>{children}</div>}
    </Saying>
  );
}

import { Button, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/contract.ts';
import { type Denial, policiesFor, type RefusedBy } from '../../../shared/denial.ts';
import { client } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { CopyText } from '../parts/CopyText.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import parts from '../parts/parts.module.css';

type DeniedProps = {
  /** The same object as long as the same is meant. */
  refused: RefusedBy;
  operation: 'seal' | 'open';
};

function Policy({ title, hint, policy }: { title: string; hint: string; policy: string }) {
  return (
    <section aria-label={title}>
      <p>
        <strong>{title}</strong>
      </p>
      <p className={parts.quiet}>{hint}</p>
      <pre className={parts.code} tabIndex={0}>
        {policy}
      </pre>
      <CopyText value={policy} />
    </section>
  );
}

function Facts({ denial: { caller, key, denied } }: { denial: Denial }) {
  const { denied: words } = useLanguage().text;
  return (
    <dl className={parts.facts}>
      <dt>{words.who}</dt>
      <dd className={parts.identifier}>{caller === undefined ? words.unknownWho : printable(caller.arn)}</dd>
      {key?.account !== undefined && (
        <>
          <dt>{words.owner}</dt>
          <dd>{words.ownerIs(printable(key.account), printable(key.region))}</dd>
        </>
      )}
      {denied.length > 0 && (
        <>
          <dt>{words.denied}</dt>
          <dd className={parts.identifier}>{denied.map((action) => `kms:${action}`).join(', ')}</dd>
        </>
      )}
    </dl>
  );
}

/** Asks AWS what exactly is denied, and shows the smallest policy that would allow it. */
export function Denied({ refused, operation }: DeniedProps) {
  const { denied: words } = useLanguage().text;
  const [answer, setAnswer] = useState<Result<Denial>>();
  useEffect(() => {
    let gone = false;
    const ask = async (): Promise<void> => {
      const denial = await client().explainDenied(refused, operation);
      if (!gone) setAnswer(denial);
    };
    void ask();
    return () => {
      gone = true;
    };
  }, [refused, operation]);
  if (answer === undefined) {
    return (
      <p className={parts.quiet} role="status">
        <Loader size={14} aria-hidden="true" /> {words.asking}
      </p>
    );
  }
  if (!answer.ok) return <ErrorNote error={answer.error} />;
  const policies = policiesFor(answer.value);
  return (
    <div className={parts.form}>
      <Facts denial={answer.value} />
      {policies === undefined && <p>{words.allowed}</p>}
      {policies !== undefined && (
        <Policy title={words.caller} hint={words.callerHint} policy={policies.caller} />
      )}
      {policies?.key !== undefined && (
        <Policy title={words.keyPolicy} hint={words.keyPolicyHint} policy={policies.key} />
      )}
      {policies !== undefined && <p className={parts.quiet}>{words.send}</p>}
    </div>
  );
}

/** The same where an error stands: asked only when a person wants it, for each question is a call. */
export function DeniedOnDemand(props: DeniedProps) {
  const { denied: words } = useLanguage().text;
  const [shown, setShown] = useState(false);
  if (shown) return <Denied {...props} />;
  return (
    <Button size="compact-sm" variant="default" onClick={() => setShown(true)}>
      {words.find}
    </Button>
  );
}

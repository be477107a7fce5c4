import { Button } from '@mantine/core';
import { FileCheck2 } from 'lucide-react';
import type { PlanPolicy, PolicyKey } from '../../../shared/policy.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import parts from '../parts/parts.module.css';
import styles from './dialogs.module.css';
import { isId, relativeTo } from './policies.ts';

function KeyLine({ policyKey: { spec, name, state } }: { policyKey: PolicyKey }) {
  const { states } = useLanguage().text.policy;
  return (
    <li className={state === 'asked' || state === 'missing' ? styles.strange : undefined}>
      <span className={isId(name ?? spec) ? parts.identifier : undefined}>{printable(name ?? spec)}</span>
      {state !== 'yours' && <div className={styles.keyState}>{states[state]}</div>}
    </li>
  );
}

function Rules({ policy }: { policy: PlanPolicy }) {
  const { text, format } = useLanguage();
  const { keys, labels, hideNames, output, path = '' } = policy;
  const words = text.policy;
  const label = Object.entries(labels).map(([name, value]) => printable(`${name}: ${value}`));
  return (
    <dl className={parts.facts}>
      {keys.length > 0 && (
        <>
          <dt>{words.keys}</dt>
          <dd>
            <ul className={styles.policyKeys}>
              {keys.map((key) => (
                <KeyLine key={key.spec} policyKey={key} />
              ))}
            </ul>
          </dd>
        </>
      )}
      {label.length > 0 && (
        <>
          <dt>{words.labels}</dt>
          <dd>{format.list(label)}</dd>
        </>
      )}
      {hideNames !== undefined && (
        <>
          <dt>{words.names}</dt>
          <dd>{hideNames ? text.files.namesHidden : text.files.namesShown}</dd>
        </>
      )}
      {output !== undefined && (
        <>
          <dt>{words.output}</dt>
          <dd>{text.files.placeChosen(printable(relativeTo(path, output)))}</dd>
        </>
      )}
    </dl>
  );
}

function Group({ policy }: { policy: PlanPolicy }) {
  const { text, format } = useLanguage();
  const { path, files, error } = policy;
  const count = format.number(files);
  if (path === undefined) return <li className={styles.policy}>{text.policy.none(files, count)}</li>;
  return (
    <li className={styles.policy}>
      <p className={styles.policyHead}>
        <FileCheck2 size={16} aria-hidden="true" />
        <span>
          {text.policy.by(files, count)} <bdi className={styles.policyPath}>{printable(path)}</bdi>
        </span>
      </p>
      {error === undefined ? <Rules policy={policy} /> : <ErrorNote error={error} />}
    </li>
  );
}

type PlanPoliciesProps = { policies: readonly PlanPolicy[]; onAside: () => void };

/** What folders say of how their files are sealed, each with how many it is about. */
export function PlanPolicies({ policies, onAside }: PlanPoliciesProps) {
  const { policy: words } = useLanguage().text;
  return (
    <>
      <h3 className={styles.policyTitle}>{words.title}</h3>
      <ul className={styles.policies}>
        {policies.map((policy) => (
          <Group key={policy.path ?? ''} policy={policy} />
        ))}
      </ul>
      <div>
        <Button size="compact-sm" variant="default" onClick={onAside}>
          {words.aside}
        </Button>
      </div>
    </>
  );
}

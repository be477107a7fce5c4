import { Button, Loader } from '@mantine/core';
import { Cloud, RefreshCw, Settings } from 'lucide-react';
import type { ConnectionKeys, ListedKey } from '../../../shared/desktop.ts';
import { loadKeys, type KeyList } from '../../store/keys.ts';
import { place } from '../../store/place.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { SignInNote } from '../parts/SignInNote.tsx';
import { Saying } from '../parts/Saying.tsx';
import { cloudFacts, stateName } from './key-facts.ts';
import { KeyRights } from './KeyRights.tsx';
import styles from './keys.module.css';
import { DefaultSwitch } from './LocalKeys.tsx';

function State({ state }: { state: string }) {
  const { text } = useLanguage();
  return (
    <span className={state === 'Enabled' ? styles.enabled : styles.notEnabled}>
      {stateName(state, text.keys)}
    </span>
  );
}

type CloudKeyProps = { listed: ListedKey; connection: string; defaults: readonly string[] };

function CloudKey({ listed, connection, defaults }: CloudKeyProps) {
  const { text, format } = useLanguage();
  return (
    <li className={`${parts.row} ${styles.key}`}>
      <Cloud size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className={parts.rowText}>
        <div className={parts.rowTitle}>
          {printable(listed.name)}
          {listed.state !== undefined && <State state={listed.state} />}
        </div>
        {listed.error === undefined ? (
          <div>{cloudFacts(listed, text.keys).join(' · ')}</div>
        ) : (
          <ErrorNote error={listed.error} />
        )}
        <div className={parts.identifier}>{printable(listed.key)}</div>
        {listed.error === undefined && <KeyRights listed={listed} connection={connection} />}
        {listed.deletion !== undefined && (
          <div className={styles.deletion}>
            <Saying kind="warning">{text.keys.deletion(format.time(listed.deletion))}</Saying>
          </div>
        )}
      </div>
      <div className={styles.controls}>
        <DefaultSwitch listed={listed} defaults={defaults} />
      </div>
    </li>
  );
}

function AskAgain() {
  const { text } = useLanguage();
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<RefreshCw size={14} aria-hidden="true" />}
      onClick={() => void loadKeys()}
    >
      {text.keys.askAgain}
    </Button>
  );
}

const toSettings = (): void => {
  place.set('settings');
};

function Connection({
  name,
  answer,
  waiting,
  defaults,
}: {
  name: string;
  answer: ConnectionKeys | undefined;
  waiting: boolean;
  defaults: readonly string[];
}) {
  const { text, format } = useLanguage();
  const list = answer?.keys ?? [];
  const asking = waiting || answer === undefined;
  return (
    <Panel
      title={printable(name)}
      actions={
        asking ? undefined : (
          <>
            {list.length > 0 && (
              <span className={parts.quiet}>{text.keys.count(list.length, format.number(list.length))}</span>
            )}
            <AskAgain />
          </>
        )
      }
    >
      {asking && (
        <p className={styles.asking} role="status">
          <Loader size={16} aria-hidden="true" /> {text.keys.asking(printable(name))}
        </p>
      )}
      {!asking && answer.error !== undefined && (
        <SignInNote error={answer.error} connection={name}>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Settings size={14} aria-hidden="true" />}
            onClick={toSettings}
          >
            {text.common.settings}
          </Button>
        </SignInNote>
      )}
      {!asking && answer.error === undefined && list.length === 0 && (
        <p className={parts.quiet}>{text.keys.connectionEmpty}</p>
      )}
      <ul className={parts.rows}>
        {list.map((listed) => (
          <CloudKey key={listed.key} listed={listed} connection={name} defaults={defaults} />
        ))}
      </ul>
    </Panel>
  );
}

/** The KMS keys of each connection; without one, what a KMS key is and how to get one. */
export function CloudKeys({
  connections,
  list,
  defaults,
}: {
  connections: readonly string[];
  list: KeyList;
  defaults: readonly string[];
}) {
  const { text } = useLanguage();
  if (connections.length === 0) {
    return (
      <Panel title={text.keys.cloudEmptyTitle}>
        <p className={parts.quiet}>{text.keys.cloudEmpty}</p>
        <Button className={styles.connect} variant="default" onClick={toSettings}>
          {text.keys.connect}
        </Button>
      </Panel>
    );
  }
  return connections.map((name) => (
    <Connection
      key={name}
      name={name}
      answer={list.connections.find((one) => one.connection === name)}
      waiting={list.waiting.includes(name)}
      defaults={defaults}
    />
  ));
}

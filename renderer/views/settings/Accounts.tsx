import { Badge, Button } from '@mantine/core';
import type { ManagedView } from '../../../shared/managed.ts';
import { parseTrusted } from '../../../shared/trust.ts';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import type { TrustText } from '../../text/trust.en.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import styles from './settings.module.css';

function whereOf(text: string, words: TrustText): string {
  const region = parseTrusted(text)?.region;
  if (region === undefined) return words.ownRegions;
  return region === '*' ? words.everyRegion : words.place(region);
}

function accountOf(text: string): string {
  const { partition, account } = parseTrusted(text) ?? {};
  return account === undefined ? text : `${partition}:${account}`;
}

function Place({ text, children }: { text: string; children?: React.ReactNode }) {
  const { trust } = useLanguage().text;
  return (
    <li className={styles.account}>
      <div className={parts.rowText}>
        <div className={parts.identifier}>{accountOf(text)}</div>
        <div className={parts.quiet}>{whereOf(text, trust)}</div>
      </div>
      {children}
    </li>
  );
}

function ByAdministrator() {
  const { trust } = useLanguage().text;
  return (
    <Badge variant="default" className={styles.managed}>
      {trust.byAdministrator}
    </Badge>
  );
}

/** What an administrator has laid down: it is shown, and nothing here changes it. */
function Laid({ managed }: { managed: ManagedView | undefined }) {
  const { trust } = useLanguage().text;
  if (managed === undefined) return null;
  if (managed.state === 'invalid') return <ErrorNote error={managed.error} />;
  if (managed.trust === undefined) return null;
  const path = printable(managed.path);
  return <Saying kind="info">{managed.trust.ask ? trust.extended(path) : trust.fixed(path)}</Saying>;
}

function ManagedKeys({ keys }: { keys: readonly string[] }) {
  const { trust } = useLanguage().text;
  if (keys.length === 0) return null;
  return (
    <>
      <h3 className={styles.subhead}>{trust.keys}</h3>
      <ul className={parts.rows}>
        {keys.map((key) => (
          <li key={key} className={styles.account}>
            <div className={`${parts.rowText} ${parts.identifier}`}>{key}</div>
            <ByAdministrator />
          </li>
        ))}
      </ul>
    </>
  );
}

type AccountsProps = { accounts: readonly string[]; managed: ManagedView | undefined };

/** The accounts and regions that may be called when an envelope names them. */
export function Accounts({ accounts, managed }: AccountsProps) {
  const { trust } = useLanguage().text;
  const laid = managed?.state === 'valid' ? managed : undefined;
  const fixed = laid?.trust?.ask === false;
  const theirs = laid?.trust?.accounts ?? [];
  return (
    <Panel title={trust.title}>
      {!fixed && <p className={parts.quiet}>{trust.why}</p>}
      <Laid managed={managed} />
      {accounts.length + theirs.length === 0 && !fixed && <p className={parts.quiet}>{trust.empty}</p>}
      <ul className={`${parts.rows} ${accounts.length + theirs.length === 0 ? '' : styles.accounts}`}>
        {theirs.map((text) => (
          <Place key={`managed ${text}`} text={text}>
            <ByAdministrator />
          </Place>
        ))}
        {accounts.map((text) => (
          <Place key={text} text={text}>
            {fixed && <span className={parts.quiet}>{trust.unused}</span>}
            <Button
              variant="default"
              size="compact-sm"
              aria-label={trust.forgetOf(text)}
              onClick={() => void orNotice(client().forgetAccount(text))}
            >
              {trust.forget}
            </Button>
          </Place>
        ))}
      </ul>
      <ManagedKeys keys={laid?.keys ?? []} />
    </Panel>
  );
}

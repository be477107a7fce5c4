import { Button } from '@mantine/core';
import { client, orNotice } from '../../client.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './settings.module.css';

/** The accounts that may be called when an envelope names them. */
export function Accounts({ accounts }: { accounts: readonly string[] }) {
  const { settings } = useLanguage().text;
  return (
    <Panel title={settings.accounts}>
      <p className={parts.quiet}>{settings.accountsWhy}</p>
      {accounts.length === 0 && <p className={parts.quiet}>{settings.accountsEmpty}</p>}
      <ul className={`${parts.rows} ${styles.accounts}`}>
        {accounts.map((account) => (
          <li key={account} className={styles.account}>
            <span className={parts.identifier}>{account}</span>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={settings.forgetOf(account)}
              onClick={() => void orNotice(client().forgetAccount(account))}
            >
              {settings.forget}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

import { Button } from '@mantine/core';
import type { SettingsView } from '../../../shared/contract.ts';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './settings.module.css';

/** Keys of folders' policies that are not the user's, but were agreed to. Nothing is shown while there is none. */
export function AgreedKeys({ policies }: Pick<SettingsView, 'policies'>) {
  const { policy: words } = useLanguage().text;
  if (policies.length === 0) return null;
  return (
    <Panel title={words.agreed}>
      <p className={parts.quiet}>{words.agreedWhy}</p>
      <ul className={`${parts.rows} ${styles.accounts}`}>
        {policies.map(({ id, path, keys }) => (
          <li key={id} className={styles.account}>
            <div className={parts.rowText}>
              <div>{printable(path)}</div>
              {keys.map((key) => (
                <div key={key} className={parts.identifier}>
                  {printable(key)}
                </div>
              ))}
            </div>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={words.forgetOf(printable(path))}
              onClick={() => void orNotice(client().forgetPolicy(id))}
            >
              {words.forget}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

import { Anchor } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import type { LinkId } from '../../../shared/contract.ts';
import { client, orNotice } from '../../client.ts';
import { appInfo } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import styles from './settings.module.css';

function Link({ id, children }: { id: LinkId; children: string }) {
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => void orNotice(client().openLink(id))}>
      {children} <ExternalLink size={14} aria-hidden="true" />
    </Anchor>
  );
}

/** Which version this is, and what it does not protect, in plain words. */
export function About() {
  const { settings } = useLanguage().text;
  const info = useStore(appInfo);
  return (
    <Panel title={settings.about}>
      <div className={parts.quiet}>
        {info !== undefined && <p>{settings.version(info.version)}</p>}
        <p>{settings.licence}</p>
      </div>
      <div className={styles.links}>
        <Link id="help">{settings.help}</Link>
        <Link id="format">{settings.format}</Link>
      </div>
      {info?.sandboxOff === true && <Saying kind="warning">{settings.sandboxOff}</Saying>}
      <h3 className={styles.subhead}>{settings.notProtected}</h3>
      <ul className={`${parts.quiet} ${styles.sentences}`}>
        {settings.notProtectedList.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Panel>
  );
}

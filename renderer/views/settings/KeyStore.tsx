import type { KeyStoreState } from '../../../shared/desktop.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';

/** Where secrets are kept, said truthfully: a key store with a fixed password is none. */
export function KeyStore({ keyStore }: { keyStore: KeyStoreState }) {
  const { settings } = useLanguage().text;
  return (
    <Panel title={settings.keyStore}>
      {keyStore.kind === 'real' ? (
        <p className={parts.quiet}>{settings.keyStoreReal(keyStore.name)}</p>
      ) : (
        <Saying kind="warning">
          {keyStore.kind === 'weak' ? settings.keyStoreWeak : settings.keyStoreNone}
        </Saying>
      )}
    </Panel>
  );
}

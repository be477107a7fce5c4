import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Page } from '../parts/Page.tsx';
import { About } from './About.tsx';
import { Accounts } from './Accounts.tsx';
import { AgreedKeys } from './AgreedKeys.tsx';
import { Connections } from './Connections.tsx';
import { Copies } from './Copies.tsx';
import { Defaults } from './Defaults.tsx';
import { History } from './History.tsx';
import { KeyStore } from './KeyStore.tsx';
import { Look } from './Look.tsx';
import { Updates } from './Updates.tsx';

/** Everything that can be set. A change is kept at once; only a connection has a form with a button to save. */
export function SettingsPlace() {
  const { text } = useLanguage();
  const view = useStore(settings);
  if (view === undefined) return null;
  return (
    <Page title={text.settings.title}>
      <Connections view={view} />
      <Defaults settings={view.settings} />
      <Look settings={view.settings} />
      <KeyStore keyStore={view.keyStore} />
      <Accounts accounts={view.settings.accounts} managed={view.managed} />
      <AgreedKeys policies={view.policies} />
      <Copies />
      <History />
      <Updates settings={view.settings} />
      <About />
    </Page>
  );
}

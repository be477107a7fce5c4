/**
 * @file The window: navigation at the left, one of three places beside it, prompts and notices above.
 *
 * How to add a view: a folder in `views/` with components that take what they show as props or from a store of
 * `store/` (`useStore(settings)`, `useKeyed(jobs.rows, id)`); what they ask goes through `client()` or
 * `orNotice(client().…())`; every sentence stands in `text/<area>.en.ts` and `text/<area>.zh.ts` and is read by
 * `const { text, format } = useLanguage()`; decisions are plain functions beside the component, with their tests.
 * Keys are called by the names in the store `keys`; a name that comes another way goes through `keyName` first.
 * Colours and lines are the variables of `theme/theme.ts` (`--surface`, `--line`, `--accent-text`, `--danger-text`…).
 * `npx vite --config build/vite.config.ts` and `/?double=rows` show the page without a main process.
 */
import { useEffect, useRef } from 'react';
import { Navigation } from './shell/Navigation.tsx';
import { Notices } from './shell/Notices.tsx';
import shell from './shell/shell.module.css';
import { callKeys } from './store/keys.ts';
import { place, type Place } from './store/place.ts';
import { settings } from './store/settings.ts';
import { useStore } from './store/store.ts';
import { LanguageProvider, useLanguage } from './text/useLanguage.tsx';
import { Theme } from './theme/Theme.tsx';
import { Announcer } from './views/files/Announcer.tsx';
import { DropTarget } from './views/files/DropTarget.tsx';
import { Files } from './views/files/Files.tsx';
import { KeysPlace } from './views/keys/KeysPlace.tsx';
import { PromptDialog } from './views/prompts/PromptDialog.tsx';
import { SettingsPlace } from './views/settings/SettingsPlace.tsx';

const views: Record<Place, () => React.ReactNode> = {
  files: Files,
  keys: KeysPlace,
  settings: SettingsPlace,
};

function Window() {
  const shown = useStore(place);
  const { text, keyName } = useLanguage();
  const main = useRef<HTMLElement>(null);
  const View = views[shown];
  useEffect(() => {
    document.title = `${text.common[shown]} – ${text.common.product}`;
  }, [shown, text]);
  useEffect(() => {
    callKeys(keyName);
  }, [keyName]);
  return (
    <DropTarget>
      <div className={shell.window}>
        <Navigation />
        <main className={shell.place} ref={main} tabIndex={-1} aria-label={text.common[shown]}>
          <View />
        </main>
        <Notices />
        <PromptDialog />
        <Announcer />
      </div>
    </DropTarget>
  );
}

export function App() {
  const view = useStore(settings);
  // Nothing is drawn before the settings are there: the wrong language or scheme would flash.
  if (view === undefined) return null;
  return (
    <Theme appearance={view.settings.appearance}>
      <LanguageProvider setting={view.settings.language}>
        <Window />
      </LanguageProvider>
    </Theme>
  );
}

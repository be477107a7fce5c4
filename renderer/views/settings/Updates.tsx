import { Button, Progress, Switch } from '@mantine/core';
import { useEffect } from 'react';
import type { Settings } from '../../../shared/settings.ts';
import type { UpdateState } from '../../../shared/updates.ts';
import { client, orNotice } from '../../client.ts';
import { changeSettings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { loadUpdates, updates } from '../../store/updates.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './settings.module.css';

/** Where there is nothing to look at it says why, and that is all. */
export function Updates({ settings }: { settings: Settings }) {
  const { text } = useLanguage();
  const state = useStore(updates);
  useEffect(() => void loadUpdates(), []);
  if (state === undefined) return null;
  return (
    <Panel title={text.updates.title}>
      {state.kind === 'off' ? (
        <p className={parts.quiet}>{text.updates.off[state.why]}</p>
      ) : (
        <>
          <p className={parts.quiet}>{text.updates.why}</p>
          <Switch
            className={styles.below}
            label={text.updates.byItself}
            checked={settings.lookForUpdates}
            onChange={(event) => void changeSettings({ lookForUpdates: event.currentTarget.checked })}
          />
          <div role="status">
            <HowFar state={state} />
          </div>
          <Next state={state} />
        </>
      )}
    </Panel>
  );
}

function HowFar({ state }: { state: UpdateState }) {
  const { text, format } = useLanguage();
  const words = text.updates;
  if (state.kind === 'looking') return <p>{words.looking}</p>;
  if (state.kind === 'newest') return <p>{words.newest(format.time(state.looked))}</p>;
  if (state.kind === 'found') return <p>{words.found(state.version)}</p>;
  if (state.kind === 'ready') return <p>{words.ready(state.version)}</p>;
  if (state.kind === 'failed') return <ErrorNote error={state.error} />;
  if (state.kind !== 'loading') return null;
  const loading = words.loading(state.version, format.percent(state.fraction));
  return (
    <>
      <p>{loading}</p>
      <Progress value={state.fraction * 100} aria-label={loading} />
    </>
  );
}

/** The one thing that can be done next. */
function Next({ state }: { state: UpdateState }) {
  const { text } = useLanguage();
  const words = text.updates;
  if (state.kind === 'looking' || state.kind === 'loading') return null;
  if (state.kind === 'found') {
    return (
      <Button className={styles.below} onClick={() => void orNotice(client().loadUpdate())}>
        {words.load}
      </Button>
    );
  }
  if (state.kind === 'ready') {
    return (
      <Button className={styles.below} onClick={() => void orNotice(client().installUpdate())}>
        {words.install}
      </Button>
    );
  }
  return (
    <Button
      className={styles.below}
      variant="default"
      onClick={() => void orNotice(client().lookForUpdate())}
    >
      {words.look}
    </Button>
  );
}

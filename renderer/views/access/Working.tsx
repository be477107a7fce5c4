import { Button, Progress } from '@mantine/core';
import { Pause, Play, X } from 'lucide-react';
import type { AccessView } from '../../../shared/access-view.ts';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { changeLines, progressFacts, progressShare } from './access-facts.ts';
import styles from './access.module.css';
import { useKeyTitle } from './key-title.ts';

/** Looking, planning, proving: how much lies ahead is known to nobody before the end. */
export function Counting({ view }: { view: AccessView }) {
  const { text, format } = useLanguage();
  const words = text.access;
  const places = format.list(view.places.map(printable));
  const say = { looking: words.lookingAt, planning: words.planning, proving: words.proving };
  const title = say[view.stage === 'planning' || view.stage === 'proving' ? view.stage : 'looking'](places);
  return (
    <Panel title={title}>
      <Progress value={100} animated aria-label={title} />
      <p className={styles.progress}>{words.seen(view.seen, format.number(view.seen))}</p>
      <div className={styles.actions}>
        <Button variant="default" onClick={() => void orNotice(client().cancelAccess())}>
          {text.common.cancel}
        </Button>
      </div>
    </Panel>
  );
}

function RunButtons({ paused }: { paused: boolean }) {
  const { text } = useLanguage();
  const Icon = paused ? Play : Pause;
  return (
    <div className={styles.actions}>
      <Button
        variant="default"
        leftSection={<Icon size={16} aria-hidden="true" />}
        onClick={() => void orNotice(client().pauseAccess(paused ? 'go-on' : 'pause'))}
      >
        {paused ? text.access.goOn : text.access.pause}
      </Button>
      <Button
        variant="default"
        leftSection={<X size={16} aria-hidden="true" />}
        onClick={() => void orNotice(client().cancelAccess())}
      >
        {text.access.stop}
      </Button>
    </div>
  );
}

/** The run: how far it is, paused, gone on with, stopped. */
export function Running({ view }: { view: AccessView }) {
  const language = useLanguage();
  const { text, format } = language;
  const titleOf = useKeyTitle(view.names);
  const { progress } = view;
  const title = text.access.running[view.work];
  if (progress === undefined) return null;
  const { state } = progress;
  return (
    <Panel title={title}>
      <p className={parts.quiet}>{changeLines(view, titleOf, text.access, format).join(' · ')}</p>
      <Progress
        className={styles.bar}
        value={progressShare(progress) * 100}
        aria-label={text.files.progressOf(title)}
      />
      <p className={styles.progress}>{progressFacts(progress, language).join(' · ')}</p>
      <p className={styles.state} role="status">
        {state === 'paused' ? text.access.paused : state === 'waiting' ? text.access.waits : ''}
      </p>
      <RunButtons paused={state === 'paused'} />
      <p className={parts.quiet}>{text.access.stopHint}</p>
    </Panel>
  );
}

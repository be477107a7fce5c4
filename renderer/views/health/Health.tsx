import { Button, Progress } from '@mantine/core';
import { FilePlus2, FolderPlus } from 'lucide-react';
import { useEffect } from 'react';
import type { HealthView } from '../../../shared/health-view.ts';
import { client, orNotice } from '../../client.ts';
import { dropTaker } from '../../store/drop-taker.ts';
import { chooseAndLook, health, isLooking, lookAt } from '../../store/health.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './health.module.css';
import { Result } from './Result.tsx';

/** While this is shown, what is dropped is looked at and not sealed. */
function useDrops(): void {
  useEffect(() => {
    dropTaker.set({
      take: lookAt,
      say: ({ health }) => ({ now: health.dropNow, hint: health.dropNowHint }),
    });
    return () => {
      dropTaker.set(undefined);
    };
  }, []);
}

function Begin() {
  const { text } = useLanguage();
  return (
    <Panel title={text.health.title}>
      <p className={parts.quiet}>{text.health.what}</p>
      <p className={parts.quiet}>{text.health.limit}</p>
      <div className={styles.actions}>
        <Button
          leftSection={<FolderPlus size={18} aria-hidden="true" />}
          onClick={() => void chooseAndLook('folder')}
        >
          {text.health.chooseFolder}
        </Button>
        <Button
          variant="default"
          leftSection={<FilePlus2 size={18} aria-hidden="true" />}
          onClick={() => void chooseAndLook('files')}
        >
          {text.health.chooseFiles}
        </Button>
      </div>
      <p className={parts.quiet}>{text.health.dropHere}</p>
    </Panel>
  );
}

function Running({ view }: { view: HealthView }) {
  const { text, format } = useLanguage();
  const { counts, places, state, path, deep } = view;
  const { number } = format;
  const problems = Object.values(counts.problems).reduce((sum, one) => sum + one, 0);
  const facts = [
    text.health.soFar(counts.envelopes, number(counts.envelopes), counts.folders, number(counts.folders)),
    ...(problems > 0 ? [text.health.soFarProblems(problems, number(problems))] : []),
    ...(deep ? [text.health.checked(format.size(counts.verifiedBytes))] : []),
  ];
  const title = text.health.looking(format.list(places.map(printable)));
  return (
    <Panel title={title}>
      {/* How much lies ahead is known to nobody before the end. */}
      <Progress value={100} animated={state === 'running'} aria-label={title} />
      <p className={styles.progress}>{facts.join(' · ')}</p>
      <p className={styles.where}>{printable(path)}</p>
      {state === 'waiting' && <p className={parts.quiet}>{text.health.waiting}</p>}
      <div className={styles.actions}>
        <Button variant="default" onClick={() => void orNotice(client().cancelHealth())}>
          {text.common.cancel}
        </Button>
      </div>
    </Panel>
  );
}

/** Which envelopes open now, which will not, and why. */
export function Health() {
  const view = useStore(health);
  useDrops();
  if (view === undefined) return <Begin />;
  if (isLooking(view)) return <Running view={view} />;
  return (
    <>
      {view.error !== undefined && <ErrorNote error={view.error} />}
      {view.result === undefined ? <Begin /> : <Result view={view} />}
    </>
  );
}

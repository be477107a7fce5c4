import { Button } from '@mantine/core';
import { FileLock2, FilePlus2, FolderPlus } from 'lucide-react';
import { appInfo } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './files.module.css';
import { intake, pick } from './intake.ts';

export function PickButtons() {
  const { text } = useLanguage();
  const busy = useStore(intake).kind === 'counting';
  return (
    <div className={styles.pick}>
      <Button
        loading={busy}
        leftSection={<FilePlus2 size={18} aria-hidden="true" />}
        onClick={() => void pick('files')}
      >
        {text.files.chooseFiles}
      </Button>
      <Button
        variant="default"
        disabled={busy}
        leftSection={<FolderPlus size={18} aria-hidden="true" />}
        onClick={() => void pick('folder')}
      >
        {text.files.chooseFolder}
      </Button>
    </div>
  );
}

/** Before anything was ever done: what this is, and how to begin. */
export function Invitation() {
  const { text } = useLanguage();
  const { steps } = text.files;
  return (
    <section className={styles.invitation}>
      <div className={styles.zone}>
        <span className={styles.zoneIcon}>
          <FileLock2 size={36} strokeWidth={1.5} aria-hidden="true" />
        </span>
        <h1>{text.files.dropTitle}</h1>
        <p>{text.files.dropHint}</p>
        <PickButtons />
        <Elevated />
      </div>
      <ol className={styles.steps}>
        <li>
          <strong>{steps.seal}</strong>
          {steps.sealHint}
        </li>
        <li>
          <strong>{steps.keep}</strong>
          {steps.keepHint}
        </li>
        <li>
          <strong>{steps.open}</strong>
          {steps.openHint}
        </li>
      </ol>
    </section>
  );
}

/** With work in the list: the same ways in, in one line. */
export function Strip() {
  const { text } = useLanguage();
  return (
    <section className={styles.strip}>
      <h1 className="only-read">{text.files.title}</h1>
      <p>{text.files.dropMore}</p>
      <PickButtons />
      <Elevated />
    </section>
  );
}

function Elevated() {
  const { text } = useLanguage();
  const elevated = useStore(appInfo)?.elevated === true;
  return elevated ? <p className={styles.elevated}>{text.files.elevated}</p> : null;
}

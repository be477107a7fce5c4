/** @file Every file that waits for a KMS key, with the reason, and the way to let it wait no longer. */
import { Button, Modal } from '@mantine/core';
import type { WaitingFile } from '../../../shared/waiting.ts';
import { client, orNotice } from '../../client.ts';
import { useStore } from '../../store/store.ts';
import { waiting } from '../../store/waiting.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import { TryNow } from './WaitingLine.tsx';
import styles from './waiting.module.css';

/** Drawn at once; the rest is counted by the line in Files. */
const SHOWN = 200;

function FileLine({ file }: { file: WaitingFile }) {
  const { text, format, explain } = useLanguage();
  const words = text.waiting;
  const facts = [words.row(format.list(file.keys.map(printable))), words.since(format.time(file.sealed))];
  return (
    <li className={parts.row}>
      <div className={parts.rowText}>
        <bdi className={parts.rowTitle}>{printable(file.name)}</bdi>
        <div className={parts.quiet}>
          {[...facts, ...(file.tried === undefined ? [] : [words.tried(format.time(file.tried))])].join(
            ' · ',
          )}
        </div>
        <div className={parts.identifier}>{printable(file.place)}</div>
        {file.problem !== undefined && <p className={styles.problem}>{explain(file.problem).what}</p>}
      </div>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={words.dropOf(file.name)}
        onClick={() => void orNotice(client().dropWaiting([file.id]))}
      >
        {words.drop}
      </Button>
    </li>
  );
}

export function WaitingDialog({ onClose }: { onClose: () => void }) {
  const { text } = useLanguage();
  const { files, trying } = useStore(waiting);
  const words = text.waiting;
  return (
    <Modal
      opened
      size="lg"
      title={words.title}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <div className={parts.form}>
        <div className={`${parts.quiet} ${styles.why}`}>
          <p>{words.why}</p>
          <p>{words.copies}</p>
          <p>{words.dropWhy}</p>
        </div>
        <ul className={parts.rows} aria-busy={trying}>
          {files.slice(0, SHOWN).map((file) => (
            <FileLine key={file.id} file={file} />
          ))}
        </ul>
        <div className={parts.formActions}>
          <TryNow trying={trying} />
        </div>
      </div>
    </Modal>
  );
}

/** @file One quiet line above the list: how many files wait for which keys. Nothing where none does. */
import { Button } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import { useState } from 'react';
import { client, orNotice } from '../../client.ts';
import { useStore } from '../../store/store.ts';
import { waiting } from '../../store/waiting.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { WaitingDialog } from './WaitingDialog.tsx';
import styles from './waiting.module.css';

export function TryNow({ trying }: { trying: boolean }) {
  const { text } = useLanguage();
  return (
    <Button
      variant="default"
      size="compact-sm"
      disabled={trying}
      onClick={() => void orNotice(client().addWaiting())}
    >
      {trying ? text.waiting.trying : text.waiting.now}
    </Button>
  );
}

export function WaitingLine() {
  const { text, format } = useLanguage();
  const { files, trying } = useStore(waiting);
  const [shown, setShown] = useState(false);
  if (files.length === 0) return null;
  const words = text.waiting;
  const keys = [...new Set(files.flatMap((file) => file.keys))].map(printable);
  const line = words.line(files.length, format.number(files.length), format.list(keys));
  return (
    <section className={styles.line} aria-label={line}>
      <CloudOff size={18} strokeWidth={1.75} aria-hidden="true" />
      <p role="status">
        <strong>{line}</strong> {words.means}
      </p>
      <div className={styles.actions}>
        <Button variant="subtle" size="compact-sm" onClick={() => setShown(true)}>
          {words.show}
        </Button>
        <TryNow trying={trying} />
      </div>
      {shown && <WaitingDialog onClose={() => setShown(false)} />}
    </section>
  );
}

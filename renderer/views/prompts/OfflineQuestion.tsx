import { Button } from '@mantine/core';
import type { Prompt } from '../../../shared/desktop.ts';
import { answer } from '../../store/prompt.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './prompts.module.css';

type Asked = Extract<Prompt, { kind: 'offline' }>;

/** Whether files are sealed without a KMS key for now. No is where the keyboard begins: it is less than what was chosen. */
export function OfflineQuestion({ asked }: { asked: Asked }) {
  const { prompt: words } = useLanguage().text.waiting;
  return (
    <div className={styles.form}>
      <p>{words.hint(printable(asked.key))}</p>
      <p>{words.means}</p>
      <div className={styles.actions}>
        <Button variant="default" data-autofocus onClick={() => void answer(asked.id, undefined)}>
          {words.no}
        </Button>
        <Button variant="default" onClick={() => void answer(asked.id, 'always')}>
          {words.always}
        </Button>
        <Button onClick={() => void answer(asked.id, 'once')}>{words.once}</Button>
      </div>
    </div>
  );
}

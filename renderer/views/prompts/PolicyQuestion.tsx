import { Button } from '@mantine/core';
import type { Prompt } from '../../../shared/desktop.ts';
import { answer } from '../../store/prompt.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import styles from './prompts.module.css';

type Asked = Extract<Prompt, { kind: 'policy-keys' }>;

/** Whether keys that a folder's policy names, and that are not the user's, may open what is sealed there. */
export function PolicyQuestion({ asked }: { asked: Asked }) {
  const { prompt: words } = useLanguage().text.policy;
  return (
    <div className={styles.form}>
      <p>{words.hint}</p>
      <dl className={parts.facts}>
        <dt>{words.keys}</dt>
        {asked.keys.map((key) => (
          <dd key={key} className={`${parts.identifier} ${styles.listed}`}>
            {printable(key)}
          </dd>
        ))}
        <dt>{words.policy}</dt>
        <dd>{printable(asked.policy)}</dd>
      </dl>
      <p>{words.advice}</p>
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

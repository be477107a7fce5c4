import { Button } from '@mantine/core';
import type { Prompt } from '../../../shared/desktop.ts';
import { answer } from '../../store/prompt.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import styles from './prompts.module.css';

type Asked = Extract<Prompt, { kind: 'account' }>;

/** Whether a key may be called where it is. No is where the keyboard begins: a stranger wrote what is asked about. */
export function AccountQuestion({ asked }: { asked: Asked }) {
  const { prompt: words } = useLanguage().text.trust;
  const { account, region, partition, endpoint, key, unfamiliar } = asked;
  return (
    <div className={styles.form}>
      <p>{words.hint[unfamiliar](account, region)}</p>
      <dl className={parts.facts}>
        <dt>{words.facts.account}</dt>
        <dd>{account}</dd>
        <dt>{words.facts.region}</dt>
        <dd>{region}</dd>
        <dt>{words.facts.partition}</dt>
        <dd>{partition}</dd>
        {endpoint !== undefined && (
          <>
            <dt>{words.facts.endpoint}</dt>
            <dd>{printable(endpoint)}</dd>
          </>
        )}
        <dt>{words.key}</dt>
        <dd className={parts.identifier}>{key}</dd>
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

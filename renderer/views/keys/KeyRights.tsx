import { Button } from '@mantine/core';
import { CircleCheck, MessageCircleQuestionMark } from 'lucide-react';
import type { ListedKey } from '../../../shared/desktop.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import { Step } from '../settings/ConnectionTest.tsx';
import settings from '../settings/settings.module.css';
import { testSteps } from '../settings/test-steps.ts';
import { useTest } from '../settings/useTest.ts';
import { rightsOf, usesFact } from './key-facts.ts';
import styles from './keys.module.css';

/** What a KMS key can do by its state; and whether this person may, once the KMS was asked. It says who says so. */
export function KeyRights({ listed, connection }: { listed: ListedKey; connection: string }) {
  const { keys: words } = useLanguage().text;
  const { run, begin } = useTest(connection);
  const rights = rightsOf(run);
  const refused = run.running ? [] : testSteps(run).filter(({ state }) => state === 'failed');
  return (
    <div>
      <div className={rights === undefined ? parts.quiet : styles.rights} role="status">
        {rights === undefined ? (
          usesFact(listed, words)
        ) : (
          <>
            {rights === 'both' && <CircleCheck size={16} aria-hidden="true" />}
            <span>{words.rights[rights]}</span>
          </>
        )}
      </div>
      {refused.length > 0 && (
        <ul className={settings.steps}>
          {refused.map((step) => (
            <Step key={step.step} step={step} connection={connection} />
          ))}
        </ul>
      )}
      {(listed.canSeal || listed.canOpen) && (
        <Button
          className={styles.ask}
          variant="default"
          size="compact-sm"
          loading={run.running}
          leftSection={<MessageCircleQuestionMark size={14} aria-hidden="true" />}
          aria-label={words.askOf(listed.name)}
          onClick={() => void begin(listed.key)}
        >
          {words.ask}
        </Button>
      )}
    </div>
  );
}

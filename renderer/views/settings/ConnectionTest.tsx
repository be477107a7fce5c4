import { Button, Loader, NativeSelect } from '@mantine/core';
import { Circle, CircleCheck, CircleMinus, CircleX, PlugZap } from 'lucide-react';
import { useId, useState } from 'react';
import { keys } from '../../store/keys.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { SignInNote } from '../parts/SignInNote.tsx';
import parts from '../parts/parts.module.css';
import styles from './settings.module.css';
import { testSteps, verdictOf, withoutKeys, type TestStep } from './test-steps.ts';
import { useTest } from './useTest.ts';

const icons = { waiting: Circle, skipped: CircleMinus, ok: CircleCheck, failed: CircleX };

/** One step of a connection's test, with its tick or its own error. */
export function Step({ step, connection }: { step: TestStep; connection: string }) {
  const { testSteps: names, testStates } = useLanguage().text.settings;
  const Icon = step.state === 'running' ? undefined : icons[step.state];
  return (
    <li className={styles.step}>
      <span className={styles[step.state]}>
        {Icon === undefined ? <Loader size={16} aria-hidden="true" /> : <Icon size={16} aria-hidden="true" />}
      </span>
      <div className={parts.rowText}>
        <span className={styles.stepName}>{names[step.step]}</span>{' '}
        <span className={parts.quiet}>{testStates[step.state]}</span>
        {step.state === 'ok' && step.found !== undefined && (
          <div className={parts.identifier}>{printable(step.found)}</div>
        )}
        {step.state === 'failed' && (
          <div className={styles.stepError}>
            <SignInNote error={step.error} connection={connection} />
          </div>
        )}
      </div>
    </li>
  );
}

/** Runs the test and shows each step as it ends, with its tick or its own error. */
export function ConnectionTest({ name }: { name: string }) {
  const { settings: words } = useLanguage().text;
  const answer = useStore(keys).connections.find((one) => one.connection === name);
  const list = answer?.keys ?? [];
  const [chosen, setChosen] = useState<string>();
  const { run, begin } = useTest(name);
  const label = useId();
  const verdict = verdictOf(run);
  const isFirst = verdict === 'none' || verdict === 'running';
  const key = chosen ?? list.find((one) => one.canSeal)?.key ?? '';
  return (
    <div className={styles.test}>
      <div className={styles.testLine}>
        <label htmlFor={label} className={parts.quiet}>
          {words.testKey}
        </label>
        <NativeSelect
          id={label}
          className={styles.testKey}
          size="xs"
          value={key}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          <option value="">{words.testNoKey}</option>
          {list.map((one) => (
            <option key={one.key} value={one.key}>
              {printable(one.name)}
            </option>
          ))}
        </NativeSelect>
        <Button
          variant="light"
          size="xs"
          loading={run.running}
          leftSection={<PlugZap size={14} aria-hidden="true" />}
          aria-label={isFirst ? words.testOf(name) : words.testAgainOf(name)}
          onClick={() => void begin(key === '' ? undefined : key)}
        >
          {isFirst ? words.test : words.testAgain}
        </Button>
      </div>
      <p className={styles.verdict} role="status">
        {verdict === 'none' ? null : words.verdicts[withoutKeys(verdict, answer)]}
      </p>
      {verdict !== 'none' && (
        <ol className={styles.steps}>
          {testSteps(run).map((step) => (
            <Step key={step.step} step={step} connection={name} />
          ))}
        </ol>
      )}
    </div>
  );
}

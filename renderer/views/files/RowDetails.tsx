import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Row } from '../../../shared/desktop.ts';
import { attemptsOf, type Attempt } from '../../../shared/attempts.ts';
import { keys } from '../../store/keys.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage, type InLanguage } from '../../text/useLanguage.tsx';
import { namesOf, withKeyName } from '../choices/key-options.ts';
import { CopyText } from '../parts/CopyText.tsx';
import { closeDialog } from './dialog.ts';
import styles from './dialogs.module.css';
import { ReturnFocus } from '../parts/ReturnFocus.tsx';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** One key speaks differently of itself than a file that was asked for by name. */
function answerOf({ key, code, details }: Attempt, { text, explain }: InLanguage): string {
  if (code === undefined && !key) return text.files.unknownKey;
  if (code === undefined || code === 'key-not-found') return text.files.notYours;
  if (code === 'envelope-newer') return text.files.unknownKind;
  const { what, next } = explain({ code, details });
  return `${what} ${next}`;
}

function ErrorFacts({ row }: { row: Row }) {
  const language = useLanguage();
  const list = useStore(keys);
  const { text, explain } = language;
  if (row.error === undefined) return null;
  const words = text.files.facts;
  const { what, next } = explain(withKeyName(row.error, list));
  const attempts = attemptsOf(row.error.details);
  // The engine's own words: sentences of another language leave them out.
  const { reason } = row.error.details;
  return (
    <>
      <Fact name={words.why}>{what}</Fact>
      <Fact name={words.next}>{next}</Fact>
      {attempts.length > 0 && (
        <Fact name={words.attempts}>
          <ul className={styles.attempts}>
            {attempts.map((attempt) => (
              <li key={`${attempt.provider} ${attempt.key ?? ''}`}>
                <strong>{!attempt.key ? text.files.unknownKey : namesOf([attempt.key], list)[0]}</strong>{' '}
                {answerOf(attempt, language)}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {typeof reason === 'string' && (
        <Fact name={words.reason}>
          <code lang="en">{printable(reason)}</code>
        </Fact>
      )}
      <Fact name={words.code}>
        <code>{row.error.code}</code>
      </Fact>
    </>
  );
}

function KeyFacts({ row }: { row: Row }) {
  const { text, format, noted, keyName } = useLanguage();
  const words = text.files.facts;
  return (
    <>
      {row.keys.length > 0 && <Fact name={words.keys}>{format.list(row.keys.map(keyName))}</Fact>}
      {row.waiting !== undefined && row.waiting.length > 0 && (
        <Fact name={text.waiting.fact}>{text.waiting.notYet(format.list(row.waiting))}</Fact>
      )}
      {row.requestIds.length > 0 && (
        <Fact name={words.requestIds}>
          {row.requestIds.map((id) => (
            <code key={id}>{id}</code>
          ))}
          <CopyText value={row.requestIds.join('\n')} />
        </Fact>
      )}
      {row.notes.length > 0 && (
        <Fact name={words.notes}>
          {row.notes.map((note, index) => (
            <span key={index}>{noted(note)}</span>
          ))}
        </Fact>
      )}
    </>
  );
}

/** Every fact of a row that an auditor may ask for. */
export function RowDetails({ row }: { row: Row }) {
  const { text, format } = useLanguage();
  const words = text.files.facts;
  const { done, doing, states } = text.files;
  const deed = row.state === 'done' ? done[row.operation] : `${doing[row.operation]} · ${states[row.state]}`;
  return (
    <Modal
      opened
      onClose={closeDialog}
      size="lg"
      title={<bdi>{row.name}</bdi>}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <ReturnFocus />
      <dl className={styles.details}>
        <Fact name={words.what}>{deed}</Fact>
        <Fact name={words.size}>{format.size(row.size)}</Fact>
        {row.started !== undefined && <Fact name={words.started}>{format.time(row.started)}</Fact>}
        {row.ended !== undefined && <Fact name={words.ended}>{format.time(row.ended)}</Fact>}
        {row.from !== undefined && <Fact name={words.from}>{row.from}</Fact>}
        {row.place !== undefined && <Fact name={words.place}>{row.place}</Fact>}
        {row.binned && <Fact name={words.original}>{text.files.binned}</Fact>}
        <KeyFacts row={row} />
        <ErrorFacts row={row} />
      </dl>
    </Modal>
  );
}

import { Loader } from '@mantine/core';
import { CircleCheck, CircleHelp, CircleX, Cloud, CloudOff, KeyRound, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import type { CardKey } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { recoveryOf } from '../../../shared/recovery.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import type { KeyAnswer } from './answer.ts';
import styles from './card.module.css';
import { keyKind, keyTitle } from './key-title.ts';

const answerIcons = {
  yes: CircleCheck,
  locked: LockKeyhole,
  no: CircleX,
  unasked: CircleHelp,
  unknown: CircleHelp,
};

function Answer({ answer }: { answer: KeyAnswer }) {
  const { text } = useLanguage();
  if (answer.kind === 'asking') {
    return (
      <span className={styles.answer}>
        <Loader size={14} aria-hidden="true" /> {text.card.answers.asking}
      </span>
    );
  }
  const Icon = answerIcons[answer.kind];
  return (
    <span className={`${styles.answer} ${styles[answer.kind]}`}>
      <Icon size={16} aria-hidden="true" /> {text.card.answers[answer.kind]}
    </span>
  );
}

function WhyNot({ error, cardKey }: { error: ErrorRecord | undefined; cardKey: CardKey }) {
  const { text, explain } = useLanguage();
  const recovery = useStore(settings)?.settings.recovery;
  const { state, key } = cardKey;
  const [shown, setShown] = useState(false);
  if (state === 'unknown') return text.card.unknownWhy;
  const isRecovery = key !== undefined && recovery !== undefined && recoveryOf(key, recovery) !== undefined;
  if (error === undefined) return isRecovery ? text.recovery.onSheet : text.card.notYours;
  if (shown) return <ErrorNote error={error} />;
  return (
    <>
      {explain(error).what}{' '}
      <button className={styles.why} type="button" onClick={() => setShown(true)}>
        {text.card.why}
      </button>
    </>
  );
}

function Why({ answer, cardKey }: { answer: KeyAnswer; cardKey: CardKey }) {
  const { text, explain } = useLanguage();
  if (answer.kind === 'no') return <WhyNot error={answer.error} cardKey={cardKey} />;
  if (answer.kind === 'unasked') {
    const { account, error } = answer;
    return error === undefined
      ? text.card.strangersAccount(account)
      : `${explain(error).what} ${text.card.askedFirst}`;
  }
  if (answer.kind === 'locked') return text.card.lockedWhy;
  return answer.kind === 'yes' ? text.card.yesWhy[cardKey.provider] : null;
}

function KeyLine({ cardKey, answer }: { cardKey: CardKey; answer: KeyAnswer }) {
  const { text } = useLanguage();
  const Icon = cardKey.provider === 'aws-kms' ? Cloud : KeyRound;
  const kind = keyKind(cardKey, text.card);
  const claimed = cardKey.state === 'known' && cardKey.name === undefined;
  return (
    <li className={parts.row}>
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className={parts.rowText}>
        <div className={styles.keyHead}>
          <span className={parts.rowTitle}>{claimed ? text.card.says : keyTitle(cardKey, text.card)}</span>
          <Answer answer={answer} />
        </div>
        {kind.length > 0 && <div className={parts.quiet}>{kind.join(' · ')}</div>}
        {cardKey.key !== undefined && <div className={parts.identifier}>{printable(cardKey.key)}</div>}
        <div className={parts.quiet}>
          <Why answer={answer} cardKey={cardKey} />
        </div>
      </div>
    </li>
  );
}

/** It does not stand in the envelope, and is never shown as if it did. */
function WaitingKey({ name }: { name: string }) {
  const { text } = useLanguage();
  return (
    <li className={parts.row}>
      <CloudOff size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className={parts.rowText}>
        <div className={styles.keyHead}>
          <span className={parts.rowTitle}>{printable(name)}</span>
          <span className={styles.answer}>{text.waiting.card}</span>
        </div>
        <div className={parts.quiet}>{text.waiting.cardWhy}</div>
      </div>
    </li>
  );
}

/** The keys that the envelope names, and whether each would open it. */
export function CardKeys({
  keys,
  waiting,
  answers,
  askError,
}: {
  keys: readonly CardKey[];
  /** Names of keys that are still to be added. */
  waiting: readonly string[];
  answers: readonly KeyAnswer[];
  askError?: ErrorRecord;
}) {
  const { text } = useLanguage();
  return (
    <Panel title={text.card.keys}>
      {askError !== undefined && <ErrorNote error={askError} />}
      <ul className={parts.rows} aria-busy={answers.some((answer) => answer.kind === 'asking')}>
        {keys.map((key, index) => (
          // An envelope may repeat a key; its place is what it is known by.
          <KeyLine key={index} cardKey={key} answer={answers[index] ?? { kind: 'unknown' }} />
        ))}
        {waiting.map((name) => (
          <WaitingKey key={name} name={name} />
        ))}
      </ul>
    </Panel>
  );
}

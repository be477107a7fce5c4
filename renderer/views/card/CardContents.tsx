import { Button } from '@mantine/core';
import { CircleCheck, FileSearch, ShieldQuestionMark } from 'lucide-react';
import { useMemo } from 'react';
import type { Card, Grant } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { showCard } from '../files/intake.ts';
import { Locating } from '../locate/Locating.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './card.module.css';

function NotVerified() {
  const { text } = useLanguage();
  return (
    <span className={styles.notVerified}>
      <ShieldQuestionMark size={14} aria-hidden="true" /> {text.card.notVerified}
    </span>
  );
}

/** What the envelope says is in it: a claim, until it is opened. */
export function CardContents({ card }: { card: Card }) {
  const { text, format } = useLanguage();
  const { content } = card;
  const labels = Object.entries(card.labels);
  const size = (bytes: number): string =>
    bytes < 1000
      ? format.size(bytes)
      : `${format.size(bytes)} (${text.card.bytes(bytes, format.number(bytes))})`;
  return (
    <Panel title={text.card.contents} actions={<NotVerified />}>
      <dl className={parts.facts}>
        {content === undefined ? (
          <>
            <dt>{text.card.name}</dt>
            <dd>
              <strong>{text.card.hidden}</strong>
              <div className={parts.quiet}>{text.card.hiddenWhy}</div>
            </dd>
          </>
        ) : (
          <>
            <dt>{text.card[content.kind]}</dt>
            <dd>{printable(content.name)}</dd>
            <dt>{text.card.size}</dt>
            <dd>{size(content.size)}</dd>
            <dt>{text.card.modified}</dt>
            <dd>{format.time(content.modified)}</dd>
          </>
        )}
        <dt>{text.card.sealed}</dt>
        <dd>{format.time(card.created)}</dd>
        <dt>{text.card.labels}</dt>
        <dd>
          {labels.length === 0 ? (
            text.card.noLabels
          ) : (
            <>
              <ul className={styles.labels}>
                {labels.map(([label, value]) => (
                  <li key={label}>
                    {printable(label)} = {printable(value)}
                  </li>
                ))}
              </ul>
              <div className={parts.quiet}>{text.card.labelsWhy}</div>
            </>
          )}
        </dd>
        <dt>{text.card.id}</dt>
        <dd className={parts.identifier}>{card.id}</dd>
        <dt>{text.card.cipher}</dt>
        <dd>{card.cipher === 'AES256_GCM_HKDF_1MB' ? text.card.cipherName : printable(card.cipher)}</dd>
      </dl>
      <p className={`${parts.quiet} ${styles.footnote}`}>{text.card.notVerifiedWhy}</p>
    </Panel>
  );
}

function FindButton({ label, onChosen }: { label: string; onChosen: (body: Grant) => void }) {
  const find = async (): Promise<void> => {
    const body = (await orNotice(client().pick('body')))?.grants[0];
    if (body !== undefined) onChosen(body);
  };
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<FileSearch size={16} aria-hidden="true" />}
      onClick={() => void find()}
    >
      {label}
    </Button>
  );
}

/** The body may be around under another name. One that is there but not whole is not looked for. */
const isElsewhere = ({ code }: ErrorRecord): boolean => code === 'body-missing' || code === 'body-foreign';

/** Where the body is: found by its content, chosen by the user, or missing. */
export function CardBody({
  card: { grant, body },
  chosen,
  onChosen,
}: {
  card: Pick<Card, 'grant' | 'body'>;
  chosen: Grant | undefined;
  onChosen: (body: Grant) => void;
}) {
  const { text, format } = useLanguage();
  const half = useMemo(() => ({ grant }), [grant]);
  const found = chosen ?? (body.state === 'found' ? body : undefined);
  return (
    <Panel title={text.card.body}>
      {found !== undefined && (
        <div className={parts.row}>
          <CircleCheck className={styles.good} size={20} strokeWidth={1.75} aria-hidden="true" />
          <div className={parts.rowText}>
            <div>
              {chosen === undefined
                ? text.card.bodyFound(printable(found.name))
                : text.card.bodyChosen(printable(found.name))}
            </div>
            <div className={parts.quiet}>{format.size(found.size)}</div>
            <div className={parts.quiet}>
              {chosen === undefined ? text.card.bodyFoundWhy : text.card.bodyChosenWhy}
            </div>
          </div>
        </div>
      )}
      {found === undefined && body.state === 'wrong' && (
        <>
          <ErrorNote error={body.error}>
            <FindButton label={text.card.find} onChosen={onChosen} />
          </ErrorNote>
          {isElsewhere(body.error) && (
            <div className={styles.locating}>
              <Locating half={half} onPair={(_envelope, other) => onChosen(other)} onRestored={showCard} />
            </div>
          )}
        </>
      )}
      {chosen !== undefined && (
        <div className={parts.repairs}>
          <FindButton label={text.card.findOther} onChosen={onChosen} />
        </div>
      )}
    </Panel>
  );
}

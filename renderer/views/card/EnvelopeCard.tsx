import { Button, Loader } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Card, Grant } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { showCard } from '../files/intake.ts';
import { Locating } from '../locate/Locating.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { answerOf, overallAnswer, type Overall } from './answer.ts';
import styles from './card.module.css';
import { CardActions } from './CardActions.tsx';
import { CardBody, CardContents } from './CardContents.tsx';
import { CardKeys } from './CardKeys.tsx';
import { Diagram } from './Diagram.tsx';
import { keyTitle } from './key-title.ts';
import { RecoveryOffer } from './RecoveryOffer.tsx';
import { useCard, type CardState } from './useCard.ts';
import { useOwnNames } from './own-names.ts';

type EnvelopeCardProps = {
  grant: Grant;
  /** The body that was found for it, if it is not beside it. */
  body: Grant | undefined;
  onClose: () => void;
};

/** The keyboard begins in the card, so that Escape is about it also while, or where, it has nothing to press. */
function useKeyboard(grant: string) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.querySelector('[role="dialog"]') === null) card.current?.focus();
  }, [grant]);
  return card;
}

/** What an envelope says before it is opened. Fills the place; `onClose` goes back to the files. */
export function EnvelopeCard({ grant, body, onClose }: EnvelopeCardProps) {
  const { text } = useLanguage();
  const half = useMemo(() => ({ grant: grant.id }), [grant.id]);
  const [turn, setTurn] = useState(0);
  const state = useCard(grant.id, turn);
  return (
    <section
      ref={useKeyboard(grant.id)}
      tabIndex={-1}
      className={parts.page}
      aria-label={text.card.title}
      aria-busy={state.card === undefined && state.error === undefined}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <Button
        className={styles.back}
        variant="subtle"
        size="compact-sm"
        leftSection={<ArrowLeft size={16} aria-hidden="true" />}
        onClick={onClose}
      >
        {text.card.back}
      </Button>
      {state.card === undefined ? (
        <>
          <h1 className={styles.title}>{printable(grant.name)}</h1>
          {state.error === undefined ? (
            <p className={styles.overall} role="status">
              <Loader size={16} aria-hidden="true" /> {text.card.reading}
            </p>
          ) : (
            <>
              <ErrorNote error={state.error} />
              {isLost(state.error) && (
                <div className={styles.locating}>
                  <Locating half={half} onPair={showCard} onRestored={showCard} why={state.error} />
                </div>
              )}
            </>
          )}
        </>
      ) : (
        <Shown
          card={state.card}
          state={state}
          found={body}
          onClose={onClose}
          onAskAgain={() => setTurn((before) => before + 1)}
        />
      )}
    </section>
  );
}

/** Errors that another envelope of the same body mends. */
const isLost = ({ code }: ErrorRecord): boolean =>
  code === 'envelope-missing' || code === 'envelope-invalid' || code === 'envelope-newer';

type ShownProps = {
  card: Card;
  state: CardState;
  found: Grant | undefined;
  onClose: () => void;
  /** Another key may open it now. */
  onAskAgain: () => void;
};

function Shown({ card: read, state, found, onClose, onAskAgain }: ShownProps) {
  const { text } = useLanguage();
  const card = useOwnNames(read);
  const [chosen, setChosen] = useState(found);
  const answers = card.keys.map((key, index) => answerOf(key, index, state.answers));
  const { explained } = text.card;
  const withKms = card.keys.some((key) => key.provider === 'aws-kms');
  return (
    <>
      <h1 className={styles.title}>{printable(card.content?.name ?? card.file)}</h1>
      <OverallLine overall={overallAnswer(card.keys, answers)} />
      <RecoveryOffer card={card} answers={answers} onDone={onAskAgain} />
      <CardActions card={card} chosen={chosen} onClose={onClose} />
      <div className={styles.columns}>
        <CardContents card={card} />
        <CardBody card={card} chosen={chosen} onChosen={setChosen} />
      </div>
      <CardKeys keys={card.keys} waiting={card.waiting ?? []} answers={answers} askError={state.askError} />
      <Panel title={text.card.picture}>
        <Diagram
          card={chosen === undefined ? card : { ...card, body: { ...chosen, state: 'found' } }}
          answers={answers}
        />
        <div className={`${parts.quiet} ${styles.explained}`}>
          <p>{explained.seal}</p>
          <p>{withKms ? explained.wrapKms : explained.wrapLocal}</p>
          <p>{explained.salt}</p>
        </div>
      </Panel>
    </>
  );
}

function OverallLine({ overall }: { overall: Overall }) {
  const { text } = useLanguage();
  const say = (): string => {
    if (overall.kind === 'yes' || overall.kind === 'locked')
      return text.card.overall[overall.kind](keyTitle(overall.key, text.card));
    if (overall.kind === 'unasked') return text.card.overall.unasked(overall.account);
    return text.card.overall[overall.kind];
  };
  return (
    <p className={styles.overall} role="status">
      {overall.kind === 'asking' && <Loader size={16} aria-hidden="true" />} {say()}
    </p>
  );
}

import { Button } from '@mantine/core';
import { LifeBuoy } from 'lucide-react';
import { useState } from 'react';
import type { Card } from '../../../shared/desktop.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { LendDialog } from '../recovery/KeyDialogs.tsx';
import type { KeyAnswer } from './answer.ts';
import styles from './card.module.css';

type RecoveryOfferProps = { card: Card; answers: readonly KeyAnswer[]; onDone: () => void };

/** Where no key here opens it, but an age key would: it may be on a sheet. */
export function RecoveryOffer({ card, answers, onDone }: RecoveryOfferProps) {
  const { text } = useLanguage();
  const [open, setOpen] = useState(false);
  const hasAge = card.keys.some((key) => key.state === 'known' && key.provider === 'age');
  const isOpening = answers.some(({ kind }) => kind === 'yes' || kind === 'asking');
  if (!hasAge || (isOpening && !open)) return null;
  return (
    <>
      <Button
        className={styles.recovery}
        variant="light"
        leftSection={<LifeBuoy size={18} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {text.recovery.enter}
      </Button>
      {open && <LendDialog envelope={card.grant} onClose={() => setOpen(false)} onDone={onDone} />}
    </>
  );
}

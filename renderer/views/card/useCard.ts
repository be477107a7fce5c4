import { useEffect, useState } from 'react';
import type { CanOpen, Card } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { client } from '../../client.ts';
import { useLanguage } from '../../text/useLanguage.tsx';

export type CardState = {
  card?: Card;
  /** The envelope could not be read. */
  error?: ErrorRecord;
  /** Undefined while the keys are asked about; null if asking failed, for the reason in `askError`. */
  answers?: readonly CanOpen[] | null;
  askError?: ErrorRecord;
};

/** Reads the envelope, then asks about its keys: the card is there before any answer of a KMS. `turn`: ask once more. */
export function useCard(grant: string, turn: number): CardState {
  const { keyName } = useLanguage();
  const [state, setState] = useState<CardState>({});
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      // Asked once more, the card stays where it is.
      setState(({ card }) => (turn === 0 || card === undefined ? {} : { card }));
      const card = await client().card(grant);
      if (gone) return;
      if (!card.ok) {
        setState({ error: card.error });
        return;
      }
      setState({ card: card.value });
      const answers = await client().canOpen(grant);
      if (gone) return;
      setState(
        answers.ok
          ? { card: card.value, answers: answers.value }
          : { card: card.value, answers: null, askError: answers.error },
      );
    };
    void load();
    return () => {
      gone = true;
    };
  }, [grant, turn]);
  return state.card === undefined ? state : { ...state, card: named(state.card, keyName) };
}

const named = (card: Card, keyName: (name: string) => string): Card => ({
  ...card,
  keys: card.keys.map((key) => (key.name === undefined ? key : { ...key, name: keyName(key.name) })),
});

/** @file A recovery key as it is being entered. */
import { useState } from 'react';
import type { Grant } from '../../../shared/desktop.ts';
import { readIdentityText } from '../../../shared/identity-text.ts';
import type { GivenKey } from '../../../shared/recovery-view.ts';
import { Facts } from '../../text/facts.ts';
import { mistakeText } from '../../text/mistake.ts';
import type { InLanguage } from '../../text/useLanguage.tsx';

export type GivenKeyState = {
  typed: string;
  picture: Grant | undefined;
  /** It was tried to be used as it is: now an unfinished one is a mistake. */
  tried: boolean;
  type: (text: string) => void;
  choose: (picture: Grant | undefined) => void;
  /** What goes to the main process; undefined if it cannot be used, which the field then says. */
  given: () => GivenKey | undefined;
};

/** SECURITY: what is typed lives in this state and goes away with the dialog. */
export function useGivenKey(): GivenKeyState {
  const [typed, type] = useState('');
  const [picture, choose] = useState<Grant>();
  const [tried, setTried] = useState(false);
  return {
    typed,
    picture,
    tried,
    type,
    choose: (chosen) => {
      type('');
      choose(chosen);
    },
    given: () => {
      setTried(true);
      if (picture !== undefined) return { picture: picture.id };
      return 'identity' in readIdentityText(typed) ? { typed } : undefined;
    },
  };
}

/** What there is to say of a key that is being typed. */
export type Saying = { kind: 'error' | 'info'; words: string };

/** An unfinished one is not scolded before it is used. */
export function sayingOf(
  typed: string,
  tried: boolean,
  { text, format }: Pick<InLanguage, 'text' | 'format'>,
): Saying | undefined {
  const read = readIdentityText(typed);
  const words = text.recovery;
  if (!('mistake' in read)) return { kind: 'info', words: words.given.complete };
  const { mistake } = read;
  if (!tried && mistake.kind === 'empty') return undefined;
  if (!tried && mistake.kind === 'short') {
    return { kind: 'info', words: words.given.toGo(mistake.by, format.number(mistake.by)) };
  }
  return { kind: 'error', words: mistakeText(new Facts({ ...mistake }, format), words.mistakes) };
}

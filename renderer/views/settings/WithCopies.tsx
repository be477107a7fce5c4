import { Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/contract.ts';
import { client } from '../../client.ts';
import { useLanguage } from '../../text/useLanguage.tsx';

type CopiesToo = {
  /** How many there are; 0 until that is known. */
  count: number;
  chosen: boolean;
  choose: (chosen: boolean) => void;
  /** Clears the history, and the copies if that was chosen. */
  clear: () => Promise<Result<void>>;
};

/** Whether the copies of envelopes go with the history. `asking`: the question is open now. */
export function useWithCopies(asking: boolean): CopiesToo {
  const [count, setCount] = useState(0);
  const [chosen, choose] = useState(false);
  useEffect(() => {
    if (!asking) return;
    choose(false);
    const load = async (): Promise<void> => {
      const copies = await client().copies();
      // The history can be cleared all the same.
      setCount(copies.ok ? copies.value.count : 0);
    };
    void load();
  }, [asking]);
  const clear = async (): Promise<Result<void>> => {
    const cleared = await client().clearHistory();
    if (!cleared.ok || !chosen) return cleared;
    const copies = await client().clearCopies();
    return copies.ok ? cleared : copies;
  };
  return { count, chosen, choose, clear };
}

/** Names of files stand in the copies too: who clears traces may want both gone. */
export function WithCopies({ count, chosen, choose }: CopiesToo) {
  const { text, format } = useLanguage();
  if (count === 0) return null;
  return (
    <Checkbox
      label={text.copies.withHistory(count, format.number(count))}
      description={text.copies.clearWhy}
      checked={chosen}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorRecord } from '../../../shared/errors.ts';
import type { HalfOf, LocatedHalf, LocateProgress } from '../../../shared/halves.ts';
import { client, orNotice } from '../../client.ts';

export type Looking =
  | { kind: 'idle' }
  | { kind: 'looking'; progress?: LocateProgress }
  | { kind: 'found'; result: LocatedHalf }
  | { kind: 'failed'; error: ErrorRecord };

/** One search at a time; leaving ends it. `half`: the same object as long as the same is meant. */
export function useLocate(half: HalfOf): { looking: Looking; begin: () => void; stop: () => void } {
  const [looking, setLooking] = useState<Looking>({ kind: 'idle' });
  const current = useRef<string | undefined>(undefined);
  const stop = useCallback((): void => {
    const search = current.current;
    current.current = undefined;
    if (search !== undefined) void orNotice(client().cancelLocate(search));
    setLooking((now) => (now.kind === 'looking' ? { kind: 'idle' } : now));
  }, []);
  const begin = useCallback((): void => {
    const search = crypto.randomUUID();
    current.current = search;
    setLooking({ kind: 'looking' });
    const look = async (): Promise<void> => {
      const answer = await client().locate(half, search);
      if (current.current !== search) return;
      current.current = undefined;
      setLooking(
        answer.ok ? { kind: 'found', result: answer.value } : { kind: 'failed', error: answer.error },
      );
    };
    void look();
  }, [half]);
  useEffect(
    () =>
      client().on('locateProgress', (progress) => {
        if (progress.search === current.current) setLooking({ kind: 'looking', progress });
      }),
    [],
  );
  useEffect(() => stop, [stop]);
  return { looking, begin, stop };
}

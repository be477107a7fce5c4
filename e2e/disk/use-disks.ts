import { afterEach } from 'vitest';
import type { OtherDisk } from './other-disk.ts';

/** What a test puts in is taken away after it. */
export function useDisks(): OtherDisk[] {
  const used: OtherDisk[] = [];
  afterEach(() => {
    for (const one of used.splice(0)) one[Symbol.dispose]();
  });
  return used;
}

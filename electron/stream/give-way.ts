import { setPriority } from 'node:os';

/** Of 19: a quarter of the time of a thread with 0, where both want all of it. */
const NICENESS = 5;

/**
 * Lets the other threads of this program, and its window, go before the calling thread where there are too few processors
 * for all. Only Linux has priorities of single threads; elsewhere Node would change that of the whole process.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  // Of the thread that calls, and of no other.
  setPriority(0, NICENESS);
}

import { getPriority, setPriority } from 'node:os';

/** How much nicer: a third of the time of the others' threads, where both want all of it. */
const NICER = 5;
const NICEST = 19;

/**
 * Lets the other threads of this program, and its window, go before the calling thread where there are too few processors
 * for all. Only Linux has priorities of single threads; elsewhere Node would change that of the whole process.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  // Of the thread that calls, and of no other. Never less nice than it was: that is not everybody's to do.
  setPriority(0, Math.min(getPriority(0) + NICER, NICEST));
}

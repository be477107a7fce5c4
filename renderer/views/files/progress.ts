/** @file How far work is, as numbers to be written. */
import type { Batch, Row } from '../../../shared/desktop.ts';

/** 0 to 1. What is empty is either not begun or done. */
export function shareOf(done: number, size: number, ended: boolean): number {
  if (ended) return 1;
  return size === 0 ? 0 : Math.min(1, done / size);
}

/** Seconds, or undefined while nothing can be said. */
export function secondsLeft({ done, size, speed }: Pick<Row, 'done' | 'size' | 'speed'>): number | undefined {
  return speed > 0 && done < size ? (size - done) / speed : undefined;
}

export function batchSecondsLeft({ doneBytes, bytes, speed }: Batch): number | undefined {
  return secondsLeft({ done: doneBytes, size: bytes, speed });
}

export const isActive = ({ state }: Row): boolean => state === 'waiting' || state === 'running';

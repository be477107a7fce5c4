/** @file How far work is, as numbers to be written. */
import type { Batch, Row } from '../../../shared/desktop.ts';

/** 0 to 1. Of nothing, nothing is done. */
export function shareOf(done: number, size: number): number {
  return size <= 0 ? 0 : Math.min(1, done / size);
}

/** Seconds, or undefined while nothing can be said. */
export function secondsLeft({ done, size, speed }: Pick<Row, 'done' | 'size' | 'speed'>): number | undefined {
  return speed > 0 && done < size ? (size - done) / speed : undefined;
}

export function batchSecondsLeft({ doneBytes, bytes, speed }: Batch): number | undefined {
  return secondsLeft({ done: doneBytes, size: bytes, speed });
}

/** @file Modification times between the file system (nanoseconds) and the format (whole milliseconds, rounded down). */
import { futimesSync, utimesSync } from 'node:fs';

const earliest = Date.parse('0000-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** Whole milliseconds since 1970, rounded down (before 1970 too) and clamped to the years 0000 to 9999. */
export function toMilliseconds(nanoseconds: bigint): number {
  const rest = nanoseconds % 1_000_000n;
  const milliseconds = Number(nanoseconds / 1_000_000n) - (rest < 0n ? 1 : 0);
  return Math.min(Math.max(milliseconds, earliest), latest);
}

/**
 * What `utimes` has to be given so that {@link toMilliseconds} of the time it sets is `milliseconds` again. Node turns
 * floating-point seconds into nanoseconds by cutting, which alone would lose a millisecond every other time: hence the
 * microsecond on top. A string, because Node takes a negative number for the current time.
 */
function toSeconds(milliseconds: number): string {
  return String((milliseconds + 0.001) / 1000);
}

/** Sets the modification time of an open file. @throws the system's error */
export function setModified(fd: number, milliseconds: number): void {
  futimesSync(fd, Date.now() / 1000, toSeconds(milliseconds));
}

/** The same by path, for what cannot be opened to be written (a folder on Windows). It follows links. */
export function setModifiedByPath(path: string, milliseconds: number): void {
  utimesSync(path, Date.now() / 1000, toSeconds(milliseconds));
}

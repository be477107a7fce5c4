/** @file Times as FORMAT.md section 2 writes them: `YYYY-MM-DDTHH:MM:SS.sssZ`, UTC. */

const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;
const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Milliseconds since 1970, which may have a fraction, as a time: rounded down and clamped to years 0000 to 9999. */
export function formatTime(ms: number): string {
  return new Date(Math.min(LAST_MS, Math.max(FIRST_MS, Math.floor(ms)))).toISOString();
}

/** Whether `text` is a time of a day that exists: 30 February, 24:00 and a second 60 are not. */
export function isTime(text: string): boolean {
  if (!TIME.test(text)) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}

/** Milliseconds since 1970 of a time that was checked before. */
export function parseTime(text: string): number {
  if (!isTime(text)) throw new Error('not a time of the format');
  return Date.parse(text);
}

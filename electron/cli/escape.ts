/** @file SECURITY: what a file name or an envelope says reaches the terminal only through here. */

/**
 * What a terminal would obey instead of show: control characters, the marks that turn the direction of writing, line
 * separators, and halves of surrogate pairs.
 */
const unprintable = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

const escapeOne = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** `text` with everything that a terminal would obey written as `\u001b`. The result is one line. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, escapeOne);
}

/** `value` as one line of JSON, which a terminal shows as harmlessly and which parses to the same value. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(unprintable, escapeOne);
}

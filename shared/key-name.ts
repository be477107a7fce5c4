/** @file What the key that is made at first use is called. */

/** Its name in the key's file, until somebody gives it another. Each face has its own word for it. */
export const DEFAULT_KEY_NAME = 'This computer';

const unnamed = new RegExp(`^${DEFAULT_KEY_NAME}(?<number> \\([0-9]+\\))?$`);

/** `name`, or if nobody has given it, `word` in its place; a number that tells two of them apart stays. */
export function keyNameIn(word: string, name: string): string {
  const match = unnamed.exec(name);
  return match === null ? name : `${word}${match.groups?.['number'] ?? ''}`;
}

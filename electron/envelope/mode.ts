/** @file Permission bits as FORMAT.md section 2 writes them: `^0[0-7]{3}$`. */

const MODE = /^0[0-7]{3}$/;

/** The nine permission bits of `mode` as `0644`; file type, set-user-id and the like are left out. */
export function formatMode(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}

/** Whether `text` is permission bits as the format writes them. */
export function isMode(text: string): boolean {
  return MODE.test(text);
}

/** The permission bits of a mode that was checked before. */
export function parseMode(text: string): number {
  if (!isMode(text)) throw new Error('not permission bits of the format');
  return Number.parseInt(text, 8);
}

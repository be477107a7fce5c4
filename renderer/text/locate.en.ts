/** @file Finding the other half of a pair, and restoring a lost envelope. */
import type { Where } from '../../shared/locate.ts';
import { counted } from './counted.ts';

const files = (count: number, number: string): string => counted(count, number, 'file', 'files');

export const locateEn = {
  title: { envelope: 'The missing sealed file', body: 'The missing envelope' },
  looking: 'Looking in the folders around it…',
  lookingIn: (folder: string) => `Looking in “${folder}”`,
  lookedAt: (count: number, number: string, folders: number, foldersNumber: string) =>
    `${files(count, number)} in ${counted(folders, foldersNumber, 'folder', 'folders')} looked at`,
  stop: 'Stop looking',
  again: 'Look around for it',
  found: { envelope: 'Its sealed file was found.', body: 'Its envelope was found.' },
  where: {
    beside: 'It is beside it.',
    below: 'It is in a folder below it.',
    above: 'It is in a folder above it, or near that.',
    chosen: 'It is in the folder you chose.',
  } satisfies Record<Where, string>,
  byContent: 'It was recognised by its content, whatever it is called.',
  use: { envelope: 'Use this file', body: 'Show this envelope' },
  none: 'Nothing that fits was found around here.',
  limited: 'The search ended at its limit, so not everything was looked at.',
  placeholders: (count: number, number: string) =>
    `${counted(count, number, 'file is', 'files are')} only in the cloud, and not fetched by looking.`,

  copy: 'This computer keeps a copy of the envelope.',
  copyDiffers: 'It is not the same as the envelope that is there, which may be damaged, or newer.',
  holds: 'Holds',
  hidden: 'Something whose name is hidden',
  sealed: 'Sealed',
  kept: 'Copy kept',
  opens: 'Opens with',
  unknownKey: 'a key of an unknown kind',
  older:
    'The copy may be older than the envelope that was lost: with it, these keys open the file again, also those that were removed since.',
  restore: 'Restore the envelope',
  restored: (name: string) => `“${name}” was restored beside its file. Nothing was replaced.`,
};

export type LocateText = typeof locateEn;

/** @file `shell`: what would leave the app is noted and goes no further, but the bin is a real folder. */
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { app } from './app.ts';
import { record } from './recorder.ts';
import { refuseOthers } from './refuse.ts';

export const shell = refuseOthers('shell', {
  openExternal: async (url: string): Promise<void> => record('shell.openExternal', url),
  openPath: async (file: string): Promise<string> => {
    record('shell.openPath', file);
    return existsSync(file) ? '' : 'Failed to open path';
  },
  showItemInFolder: (file: string): void => record('shell.showItemInFolder', file),
  trashItem: async (file: string): Promise<void> => {
    record('shell.trashItem', file);
    await moveTo(binFolder(), file);
  },
});

/** `STANDIN_TRASH`, or a folder beside the app's own data. */
const binFolder = (): string =>
  process.env.STANDIN_TRASH ?? path.join(app.getPath('userData'), 'stand-in-trash');

async function moveTo(folder: string, file: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const place = freePlace(path.join(folder, path.basename(file)));
  try {
    await rename(file, place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await cp(file, place, { recursive: true, preserveTimestamps: true });
    await rm(file, { recursive: true });
  }
}

function freePlace(wanted: string): string {
  let place = wanted;
  for (let count = 2; existsSync(place); count++) place = `${wanted}.${count}`;
  return place;
}

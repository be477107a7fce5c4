import { safeStorage } from 'electron';
import { makeWork } from '../app/services.ts';
import { findPlaces } from '../settings/places.ts';
import type { Shell, Work } from './services.ts';

/** Sets the work up with what only Electron has. To be called once it is ready. Errors as {@link makeWork}. */
export async function openWork(shell: Shell): Promise<Work> {
  return await makeWork(shell, { places: findPlaces(), storage: safeStorage });
}

/** @file The store of copies of envelopes: how full it is, where it lies, what is kept. */
import type { CopiesState } from '../../shared/copies.ts';
import { copiesOf } from '../../shared/settings.ts';
import type { Services } from '../app/services.ts';
import { moveCopies } from '../copies/move.ts';
import { clearCopies, copiesState, pruneCopies } from '../copies/store.ts';
import type { WorkRoutes } from './services.ts';

type CopiesRoutes = Pick<
  WorkRoutes,
  'copies' | 'changeCopies' | 'moveCopies' | 'moveCopiesBack' | 'cancelMoveCopies' | 'clearCopies'
>;

/** Milliseconds between two messages about a move. */
const TELL_MS = 100;

async function stateOf({ home }: Services): Promise<CopiesState> {
  return await copiesState(await home.settings.load(), home.places);
}

async function change(services: Services, { keep, megabytes }: { keep?: boolean; megabytes?: number }) {
  const { home } = services;
  const settings = await home.settings.update((now) => {
    const before = copiesOf(now);
    return {
      ...now,
      copies: { ...before, keep: keep ?? before.keep, megabytes: megabytes ?? before.megabytes },
    };
  });
  home.copies.forget();
  if (megabytes !== undefined) await pruneCopies(settings, home.places);
  await services.settingsChanged();
  return await stateOf(services);
}

/** `to`: a path, or undefined for the program's own data. */
async function move(services: Services, to: string | undefined, signal: AbortSignal): Promise<CopiesState> {
  const { home, shell } = services;
  let toldAt = 0;
  await moveCopies(home, to, {
    signal,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - toldAt < TELL_MS) return;
      toldAt = now;
      shell.send('copiesMove', progress);
    },
  });
  await services.settingsChanged();
  return await stateOf(services);
}

export function copiesRoutes(services: Services): CopiesRoutes {
  let moving = new AbortController();
  return {
    copies: async () => await stateOf(services),
    changeCopies: async (changed) => await change(services, changed),
    moveCopies: async (to) => {
      const folder = services.shell.grants.pathOf(to);
      moving = new AbortController();
      return await move(services, folder, moving.signal);
    },
    moveCopiesBack: async () => {
      moving = new AbortController();
      return await move(services, undefined, moving.signal);
    },
    cancelMoveCopies: () => {
      moving.abort();
    },
    clearCopies: async () => {
      const { home } = services;
      await clearCopies(await home.settings.load(), home.places);
      home.copies.forget();
      return await stateOf(services);
    },
  };
}

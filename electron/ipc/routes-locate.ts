/** @file Finding the other half of a pair, and restoring a lost envelope. */
import path from 'node:path';
import type { HalfOf, LocatedHalf } from '../../shared/halves.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Grant } from '../../shared/desktop.ts';
import type { Located } from '../../shared/locate.ts';
import type { Services } from '../app/services.ts';
import { type Answer, locate, type LocateOptions } from '../locate/locate.ts';
import { restoreEnvelope } from '../locate/restore.ts';
import { grantOf } from './grant-of.ts';
import type { WorkRoutes } from './services.ts';

type LocateRoutes = Pick<WorkRoutes, 'locate' | 'cancelLocate' | 'restoreEnvelope'>;

/** Milliseconds between two messages about a search. */
const TELL_MS = 100;

function pathOf({ shell, queue }: Services, half: HalfOf): string {
  return 'grant' in half ? shell.grants.pathOf(half.grant) : queue.fileOf(half.row);
}

async function look(services: Services, half: HalfOf, options: LocateOptions): Promise<Answer> {
  const names = await services.home.names();
  const nameOf = (key: string): string => names(key);
  return await locate(pathOf(services, half), { copies: services.home.copies, nameOf }, options);
}

async function locateHalf(
  services: Services,
  half: HalfOf,
  search: string,
  signal: AbortSignal,
): Promise<LocatedHalf> {
  let toldAt = 0;
  const { located } = await look(services, half, {
    signal,
    onFolder: (folder, searched) => {
      const now = performance.now();
      if (now - toldAt < TELL_MS) return;
      toldAt = now;
      services.shell.send('locateProgress', { search, folder: path.basename(folder), searched });
    },
  });
  const own = await grantOf(services, located.path);
  const { found } = located;
  return found === undefined
    ? { located, own }
    : { located, own, other: await grantOf(services, found.path) };
}

/**
 * The copy is looked up anew, and only beside the body is searched: who asks has looked around and found nothing.
 * @throws EnvelopeError `envelope-missing` if no copy is kept; as {@link restoreEnvelope}
 */
async function restore(services: Services, half: HalfOf): Promise<Grant> {
  const { located, copy } = await look(services, half, { limits: { up: 0, down: 0 } });
  if (copy === undefined) {
    throw new EnvelopeError('envelope-missing', 'no copy is kept', { body: located.path });
  }
  return await grantOf(services, await restoreEnvelope(services, bodyOf(located), copy, { second: true }));
}

/** The body, whichever half was given. */
const bodyOf = ({ half, path: file, found }: Located): string =>
  half === 'envelope' && found !== undefined ? found.path : file;

export function locateRoutes(services: Services): LocateRoutes {
  const searches = new Map<string, AbortController>();
  return {
    locate: async (half, search) => {
      const abort = new AbortController();
      searches.set(search, abort);
      try {
        return await locateHalf(services, half, search, abort.signal);
      } finally {
        searches.delete(search);
      }
    },
    cancelLocate: (search) => {
      searches.get(search)?.abort();
    },
    restoreEnvelope: async (half) => await restore(services, half),
  };
}

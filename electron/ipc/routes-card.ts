/** @file What an envelope says before it is opened, and whether its keys would open it. */
import type { Services } from '../app/services.ts';
import { answersOf } from './can-open.ts';
import { cardOf, readPaired } from './card.ts';
import type { WorkRoutes } from './services.ts';

export function cardRoutes({ home, shell }: Services): Pick<WorkRoutes, 'card' | 'canOpen'> {
  return {
    card: async (grant) => {
      const file = await readPaired(shell.grants.pathOf(grant));
      const note = await home.waiting.get(file.envelope.header.id);
      const waiting = note?.keys.map(({ key }) => key);
      return await cardOf(grant, file, await home.names(), waiting);
    },
    canOpen: async (grant) => {
      const { envelope } = await readPaired(shell.grants.pathOf(grant));
      home.forgiveRefusals();
      return await answersOf(envelope, home);
    },
  };
}

import type { Offline } from '../envelope/seal.ts';
import type { Home } from './home.ts';

/**
 * What one batch does about a KMS key that cannot be reached, by the settings: seal without it for now, or ask, once for
 * all files. Undefined: it is an error.
 */
export async function offlineFor(home: Home): Promise<Offline | undefined> {
  const { offlineSealing } = await home.settings.load();
  if (offlineSealing === 'never') return undefined;
  const names = await home.names();
  const answers = new Map<string, Promise<boolean>>();
  const ask = async (key: string): Promise<boolean> => {
    const answer = await home.prompts.ask({ kind: 'offline', key: names(key) }, ({ keys = [] }) =>
      keys.some((one) => one.key === key),
    );
    if (answer === 'always') await home.settings.update((now) => ({ ...now, offlineSealing: 'always' }));
    return answer !== undefined;
  };
  return {
    list: {
      put: async (note) => {
        await home.waiting.put(note);
        // The key that stands in may have been made a moment ago: its row is to have its name.
        if (note.standIn !== undefined && names(note.standIn) === note.standIn) await home.names();
      },
      drop: async (id) => await home.waiting.drop(id),
    },
    mayWait: async ({ key }) => {
      const answer = answers.get(key) ?? (offlineSealing === 'always' ? Promise.resolve(true) : ask(key));
      answers.set(key, answer);
      return await answer;
    },
  };
}

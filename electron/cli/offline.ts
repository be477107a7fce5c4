import type { OfflineSealing } from '../../shared/settings.ts';
import type { Offline } from '../envelope/seal.ts';
import { WaitingList } from '../waiting/waiting-list.ts';
import { printable } from './escape.ts';
import type { Home } from './home.ts';
import type { Session } from './session.ts';

/**
 * What is done about a KMS key that cannot be reached: what this command line says, else the settings, else a person on
 * the terminal, once for each key. Undefined where nobody may agree to anything: then it is an error.
 */
export function offlineSealing(
  session: Session,
  home: Home,
  given: boolean | undefined,
  setting: OfflineSealing,
): Offline | undefined {
  const agreed = given ?? (setting === 'ask' ? undefined : setting === 'always');
  const { prompt, screen } = session;
  if (agreed === false || (agreed === undefined && prompt === undefined)) return undefined;
  const answers = new Map<string, Promise<boolean>>();
  const ask = async (key: string): Promise<boolean> => {
    screen.warn(`The KMS key ${printable(key)} cannot be reached.`);
    screen.warn('Sealed with the key of this computer, whoever has that key can open the files until then.');
    return (await prompt?.confirm('Seal without it for now, and add it once it can be reached?')) === true;
  };
  return {
    list: new WaitingList(home.places.waitingFolder),
    mayWait: async ({ key }) => {
      const answer = answers.get(key) ?? (agreed === true ? Promise.resolve(true) : ask(key));
      answers.set(key, answer);
      return await answer;
    },
  };
}

import { isAtRisk, isDrillDue } from '../../shared/recovery.ts';
import { formatDate } from './format.ts';
import type { Home } from './home.ts';
import type { Session } from './session.ts';

/** What stands below the list of keys: the recovery key, or that there is neither one nor a backup. */
export async function sayRecovery(
  { screen }: Session,
  home: Home,
  localKeys: readonly string[],
): Promise<void> {
  const { recovery } = await home.settings.load();
  const { key } = recovery;
  if (key !== undefined) {
    const due = isDrillDue(key, Date.now())
      ? ' It is time to try its sheet: “envelope keys recovery drill”.'
      : '';
    screen.say(`Every new envelope is sealed for the recovery key too, made ${formatDate(key.made)}.${due}`);
  } else if (isAtRisk(recovery, localKeys)) {
    screen.say(
      'There is no recovery key, and no backup of a key of this computer is known: “envelope keys recovery new” makes one.',
    );
  }
}

/** @file `envelope keys trust|untrust`: which AWS accounts may be called when an envelope names them. */
import { EnvelopeError } from '../../shared/errors.ts';
import { isOfAccount, parseTrusted, type Trusted, trustedText } from '../../shared/trust.ts';
import { trustedSentence } from './approve-account.ts';
import { displayPath } from './display-path.ts';
import type { Home } from './home.ts';
import type { Session } from './session.ts';

export async function listTrusted(session: Session, { settings, managed }: Home): Promise<undefined> {
  const { accounts } = await settings.load();
  const laidDown = await managed.load();
  for (const text of laidDown?.trust?.accounts ?? []) {
    const record = { account: text, by: 'administrator' };
    session.result(`${text}\n    ${trustedSentence(text)}, set by your administrator`, record);
  }
  const isFixed = laidDown?.trust?.ask === false;
  for (const text of accounts) {
    const more = isFixed ? '; not used: your administrator has fixed the list' : '';
    session.result(`${text}\n    ${trustedSentence(text)}${more}`, { account: text, by: 'user' });
  }
  if (isFixed) {
    session.screen.say(`Others are not called, as ${displayPath(laidDown.path)} says.`);
  } else if (accounts.length === 0 && laidDown?.trust === undefined) {
    session.screen.say('No account yet: you are asked before the first call.');
  }
}

/** Whether there is a region that both name. */
function meet(a: Trusted, b: Trusted | undefined): boolean {
  if (b === undefined || !isOfAccount(a, b)) return false;
  return (
    a.region === b.region || [a.region, b.region].some((region) => region === undefined || region === '*')
  );
}

/** @throws EnvelopeError `usage` where an administrator has fixed the list without it: it would be called by nobody */
export async function trust(
  session: Pick<Session, 'result'>,
  { settings, managed }: Pick<Home, 'settings' | 'managed'>,
  trusted: Trusted,
): Promise<undefined> {
  const text = trustedText(trusted);
  const laidDown = await managed.load();
  const { accounts = [], ask = true } = laidDown?.trust ?? {};
  if (laidDown !== undefined && !ask && !accounts.some((one) => meet(trusted, parseTrusted(one)))) {
    const reason = `Your administrator has fixed the list, in “${displayPath(laidDown.path)}”, so ${text} would not be called all the same. Nothing was changed.`;
    throw new EnvelopeError('usage', 'the list is fixed', { reason });
  }
  await settings.update((now) => ({ ...now, accounts: [...new Set([...now.accounts, text])] }));
  session.result(text, { account: text });
}

/** @throws EnvelopeError `usage` if it is not in the list */
export async function untrust(session: Session, home: Home, trusted: Trusted): Promise<undefined> {
  const text = trustedText(trusted);
  const before = (await home.settings.load()).accounts;
  await home.keyring.forgetAccount(text);
  const { accounts } = await home.settings.load();
  if (accounts.length === before.length) {
    const reason = `${text} is not in your list; “envelope keys trust” shows it.`;
    throw new EnvelopeError('usage', 'nothing of this name is trusted', { reason });
  }
  for (const gone of before.filter((one) => !accounts.includes(one))) session.result(gone, { account: gone });
}

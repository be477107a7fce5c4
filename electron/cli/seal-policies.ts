/** @file The policies of folders, on the command line. */
import { survey } from '../jobs/survey.ts';
import type { SealAll, Total } from '../jobs/job.ts';
import type { FoundPolicy } from '../policy/find.ts';
import { Policies } from '../policy/policies.ts';
import type { Wanted } from '../policy/rules.ts';
import { displayPath } from './display-path.ts';
import { printable } from './escape.ts';
import type { Home } from './home.ts';
import { policyLines } from './policy-lines.ts';
import type { Session } from './session.ts';

/** @param trusted whether keys that are not the user's are agreed to for this run */
export function policiesFor(session: Session, home: Home, wanted: Wanted, trusted: boolean): Policies {
  const { keyring, settings } = home;
  const confirm = async (policy: FoundPolicy, keys: readonly string[]): Promise<'once' | 'always' | 'no'> =>
    trusted ? 'once' : await ask(session, policy, keys);
  return new Policies({ keyring, settings, confirm }, wanted);
}

/** SECURITY: without a terminal the answer is no. */
async function ask({ prompt, screen }: Session, { path }: FoundPolicy, keys: readonly string[]) {
  if (prompt === undefined) return 'no';
  screen.warn(`The policy ${displayPath(path)} lets keys open these files that are not yours:`);
  for (const key of keys) screen.warn(`  ${printable(key)}`);
  screen.warn(
    'Whoever holds them can read what is sealed, and anyone who may write there could have named them.',
  );
  return await prompt.choose('Seal for them too?');
}

/** Says what the policies of the folders are, before anything is sealed. @returns what lies ahead */
export async function sayPolicies(
  session: Session,
  request: Pick<SealAll, 'paths' | 'to' | 'archive'>,
  policies: Policies,
): Promise<Total> {
  const surveyed = await survey({ ...request, policies }, session.signal);
  for (const group of surveyed.policies) {
    if (session.json) session.screen.result(JSON.stringify({ state: 'policy', ...group }));
    else for (const line of policyLines(group)) session.screen.say(line);
  }
  return surveyed.ahead;
}

/** @file The policies of folders, in the window: what they add to what was chosen, and who is asked about their keys. */
import { createHash } from 'node:crypto';
import type { SealChoices } from '../../shared/desktop.ts';
import type { FoundPolicy } from '../policy/find.ts';
import { Policies } from '../policy/policies.ts';
import type { Rules, Wanted } from '../policy/rules.ts';
import type { Home } from './home.ts';

/** What work that waits for an answer about a policy says it needs. */
const needOf = (path: string) => ({ provider: 'policy', key: path });

/** What the user chose, and what holds only because nothing else was. */
export function wantedOf(choices: SealChoices, rules: Rules): Wanted {
  const { chosen } = choices;
  const isChosen = (what: 'keys' | 'labels' | 'hideNames', otherwise: boolean): boolean =>
    chosen === undefined ? otherwise : chosen.includes(what);
  return {
    ...rules,
    chosen: {
      keys: isChosen('keys', choices.keys.length > 0),
      labels: isChosen('labels', true) ? choices.labels : {},
      hideNames: isChosen('hideNames', choices.hideNames) ? choices.hideNames : undefined,
    },
  };
}

/** What the page says instead of the path of a policy. */
export function policyId(path: string): string {
  return createHash('sha256').update(path).digest('base64url');
}

/** For one batch, or one plan: every policy is read anew. */
export function policiesFor({ keyring, settings, prompts, aliases }: Home, wanted: Wanted): Policies {
  const confirm = async (
    { path }: FoundPolicy,
    keys: readonly string[],
  ): Promise<'once' | 'always' | 'no'> => {
    const answer = await prompts.ask(
      { kind: 'policy-keys', policy: path, keys: [...keys] },
      ({ keys: all = [] }) =>
        all.some(({ provider, key }) => provider === needOf(path).provider && key === path),
    );
    if (answer === undefined) return 'no';
    return answer === 'always' ? 'always' : 'once';
  };
  return new Policies(
    {
      keyring,
      settings,
      confirm,
      isListed: (key) => aliases.has(key),
      waiting: async ({ path }, work) => await prompts.need({ keys: [needOf(path)] }, work),
    },
    wanted,
  );
}

import type { ApproveAccount } from '../keys/accounts.ts';
import { printable } from './escape.ts';
import type { Account } from './options.ts';
import type { Session } from './session.ts';

const accountOf = (arn: string): string => {
  const [, partition = '', , , account = ''] = arn.split(':');
  return `${partition}:${account}`;
};

/**
 * SECURITY: whether the AWS account that an envelope names may be called (FORMAT.md section 3, step 3): if it was
 * named by `--trust-account`, or by a yes on the terminal; never by itself.
 */
export function accountApproval(
  session: Pick<Session, 'prompt' | 'screen'>,
  trusted: readonly Account[] = [],
): ApproveAccount {
  const named = new Set(trusted.map(({ partition, account }) => `${partition}:${account}`));
  // A no is for the whole run: a thousand envelopes of one stranger are one question.
  const answers = new Map<string, Promise<boolean>>();
  const ask = async (arn: string, account: string): Promise<boolean> => {
    if (session.prompt === undefined) return false;
    session.screen.warn(`An envelope says that it can be opened with ${printable(arn)}.`);
    return await session.prompt.confirm(
      `Calling it tells the owner of the account that you open this. Do you trust ${printable(account)}?`,
    );
  };
  return async (arn) => {
    const account = accountOf(arn);
    if (named.has(account)) return true;
    const answer = answers.get(account) ?? ask(arn, account);
    answers.set(account, answer);
    return await answer;
  };
}

import { type KeyPlace, parseTrusted, type Trusted, trustedText } from '../../shared/trust.ts';
import type { ApproveAccount, Unfamiliar } from '../keys/accounts.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';
import { printable } from './escape.ts';
import type { Answer } from './prompt.ts';
import type { Session } from './session.ts';

/** What is new about the key, and why that is worth a question. */
const reasons: Record<Unfamiliar, (place: KeyPlace) => string> = {
  account: ({ account, partition }) =>
    `The AWS account ${account} (${partition}) is not one of yours: calling it tells its owner that you open this.`,
  region: ({ account, region }) =>
    `You use the AWS account ${account}, but not in ${region}: the call would leave the regions you work in.`,
  partition: ({ account, partition }) =>
    `You use the AWS account ${account}, but not in the partition ${partition}, where it is somebody else’s.`,
};

const answers: Record<Answer, boolean | 'once'> = { always: true, once: 'once', no: false };

/**
 * SECURITY: whether the KMS key that an envelope names may be called where it is (FORMAT.md section 3, step 3): if that
 * was named by `--trust-account`, or by a yes on the terminal; never by itself.
 * @param ownRegions those that an account stands for which was named without a region
 */
export function accountApproval(
  session: Pick<Session, 'prompt' | 'screen'>,
  trusted: readonly Trusted[] = [],
  ownRegions: () => Promise<readonly string[]> = async () => await Promise.resolve([]),
): ApproveAccount {
  // An answer is for the whole run: a thousand envelopes of one stranger are one question.
  const given = new Map<string, Promise<boolean | 'once'>>();
  const isNamed = async ({ partition, account, region }: KeyPlace): Promise<boolean> => {
    const named = trusted.filter((one) => one.partition === partition && one.account === account);
    if (named.some((one) => one.region === region || one.region === '*')) return true;
    return named.some((one) => one.region === undefined) && (await ownRegions()).includes(region);
  };
  const ask = async (arn: string, place: KeyPlace, unfamiliar: Unfamiliar): Promise<boolean | 'once'> => {
    if (await isNamed(place)) return true;
    if (session.prompt === undefined) return false;
    session.screen.warn(`An envelope says that it can be opened with ${printable(arn)}.`);
    session.screen.warn(reasons[unfamiliar](place));
    return answers[await session.prompt.choose(`Call ${placeText(place)}?`)];
  };
  return async (arn, unfamiliar) => {
    const place = parseKeyArn(arn);
    if (place === undefined) return false;
    const text = trustedText(place);
    const answer = given.get(text) ?? ask(arn, place, unfamiliar);
    given.set(text, answer);
    return await answer;
  };
}

const placeText = ({ partition, account, region }: KeyPlace): string =>
  `account ${account} in ${region} (${partition})`;

/** A text of shared/trust.ts as people read it. */
export function trustedSentence(text: string): string {
  const { partition = '', account = '', region } = parseTrusted(text) ?? {};
  if (region === undefined) return `account ${account} (${partition}), in the regions you use`;
  return region === '*'
    ? `account ${account} (${partition}), in every region`
    : placeText({ partition, account, region });
}

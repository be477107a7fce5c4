/**
 * @file Which AWS accounts may be called when an envelope names them, and in which regions: one text for each, in the
 * settings, in an administrator's file and on the command line.
 */

/** Where a KMS key is. */
export type KeyPlace = { partition: string; account: string; region: string };

/**
 * What a text trusts. `region`: that one; `*`, every one; undefined, those that the user's own connections and keys are
 * in (settings of earlier versions name accounts only).
 */
export type Trusted = { partition: string; account: string; region: string | undefined };

const REGION = '[a-z]+(?:-[a-z]+)+-[0-9]{1,2}';

/** `aws:111122223333`, `aws:111122223333:eu-central-1` or `aws:111122223333:*`. */
export const TRUSTED = new RegExp(
  `^(?<partition>aws[a-z-]{0,16}):(?<account>[0-9]{12})(?::(?<region>\\*|${REGION}))?$`,
);

/** Undefined if `text` is no text of this kind. */
export function parseTrusted(text: string): Trusted | undefined {
  const { partition, account, region } = TRUSTED.exec(text)?.groups ?? {};
  return partition === undefined || account === undefined ? undefined : { partition, account, region };
}

/** The text for an account in one region, or in whichever `region` says. */
export function trustedText({ partition, account, region }: Trusted): string {
  return region === undefined ? `${partition}:${account}` : `${partition}:${account}:${region}`;
}

/** Whether the two are of one account of one partition. */
export function isOfAccount(
  a: Pick<KeyPlace, 'partition' | 'account'>,
  b: Pick<KeyPlace, 'partition' | 'account'>,
): boolean {
  return a.partition === b.partition && a.account === b.account;
}

/** `all` without what says `text`; an account without a region takes everything of that account with it. */
export function withoutTrusted(all: readonly string[], text: string): string[] {
  const gone = parseTrusted(text);
  if (gone === undefined || gone.region !== undefined) return all.filter((one) => one !== text);
  return all.filter((one) => {
    const kept = parseTrusted(one);
    return kept === undefined || !isOfAccount(kept, gone);
  });
}

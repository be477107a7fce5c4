/** @file The recovery key as the settings and the page know it: its public half and its dates. Its secret is on paper. */

/** `recipient`: what every new envelope is wrapped for as well. Times are ISO. */
export type RecoveryKey = {
  recipient: string;
  made: string;
  /** When an envelope was last opened with the sheet, to try it. */
  drilled?: string | undefined;
};

/** One that is wrapped into nothing new any more. What it was wrapped into stays open to its sheet. */
export type FormerRecoveryKey = RecoveryKey & { ended: string };

export type RecoverySettings = {
  key?: RecoveryKey | undefined;
  /** The last first. */
  former: readonly FormerRecoveryKey[];
  /** When each local key was last backed up, or taken in from a backup. */
  backups: Readonly<Record<string, string>>;
  /** The user knows that there is neither backup nor recovery key, and wants it so. */
  quiet?: boolean | undefined;
};

export const noRecovery: RecoverySettings = { former: [], backups: {} };

/** Former keys that are remembered. */
export const MAX_FORMER = 20;

/** Days after which a drill is too long ago. */
const DRILL_DAYS = 365;
const DAY = 86_400_000;

/** Whether the sheet should be tried again: a year after it was made, or last tried. @param now milliseconds */
export function isDrillDue({ made, drilled }: RecoveryKey, now: number): boolean {
  return now - Date.parse(drilled ?? made) > DRILL_DAYS * DAY;
}

/** The recovery key that `key` is, or was. */
export function recoveryOf(
  key: string,
  { key: current, former }: RecoverySettings,
): RecoveryKey | FormerRecoveryKey | undefined {
  return [...(current === undefined ? [] : [current]), ...former].find(({ recipient }) => recipient === key);
}

/** The one in use, where the program speaks English. */
export const RECOVERY_NAME = 'Recovery key';

/** What the program calls a recovery key where it speaks English; the page has its own words. */
export function recoveryName(key: string, recovery: RecoverySettings): string | undefined {
  const found = recoveryOf(key, recovery);
  if (found === undefined) return undefined;
  return found.recipient === recovery.key?.recipient
    ? RECOVERY_NAME
    : `Recovery key made ${found.made.slice(0, 10)}, no longer in use`;
}

/**
 * Whether what a local key has sealed would be lost with this computer: there is neither a recovery key nor a backup
 * of it, as far as this program knows.
 */
export function isAtRisk({ key, backups, quiet }: RecoverySettings, localKeys: readonly string[]): boolean {
  return key === undefined && quiet !== true && localKeys.some((local) => backups[local] === undefined);
}

/** @file Which recovery key is in use: its public half and its dates, in the settings. Its secret is on paper only. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { MAX_FORMER, type RecoveryKey, type RecoverySettings } from '../../shared/recovery.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SettingsStore } from '../settings/store.ts';

type Store = Pick<SettingsStore, 'load' | 'update'>;

async function change(
  store: Store,
  make: (recovery: RecoverySettings) => RecoverySettings,
): Promise<RecoverySettings> {
  const { recovery } = await store.update((settings: Settings) => ({
    ...settings,
    recovery: make(settings.recovery),
  }));
  return recovery;
}

/** The key in use becomes one of those that were. */
function ended({ key, former, ...rest }: RecoverySettings, now: Date): RecoverySettings {
  if (key === undefined) return { ...rest, former };
  const others = former.filter(({ recipient }) => recipient !== key.recipient);
  return { ...rest, former: [{ ...key, ended: now.toISOString() }, ...others].slice(0, MAX_FORMER) };
}

/** From now on every new envelope is sealed for `key` too. One that was in use is so no more; its sheet stays good. */
export async function useRecoveryKey(store: Store, key: RecoveryKey, now = new Date()): Promise<void> {
  await change(store, (recovery) => {
    if (recovery.key?.recipient === key.recipient) return recovery;
    const { former, ...rest } = ended(recovery, now);
    return { ...rest, former: former.filter(({ recipient }) => recipient !== key.recipient), key };
  });
}

/**
 * New envelopes are sealed for no recovery key any more. Those that were stay open to its sheet.
 * @throws EnvelopeError `recovery-missing`
 */
export async function forgetRecoveryKey(store: Store, now = new Date()): Promise<RecoveryKey> {
  const key = await recoveryKeyOf(store);
  await change(store, (recovery) => ended(recovery, now));
  return key;
}

/** @throws EnvelopeError `recovery-missing` */
export async function recoveryKeyOf(store: Pick<SettingsStore, 'load'>): Promise<RecoveryKey> {
  const { key } = (await store.load()).recovery;
  if (key !== undefined) return key;
  throw new EnvelopeError('recovery-missing', 'there is no recovery key');
}

/** Remembers that the sheet of `recipient` has opened an envelope, if it still is the one in use. */
export async function noteDrill(store: Store, recipient: string, now = new Date()): Promise<void> {
  await change(store, (recovery) =>
    recovery.key?.recipient === recipient
      ? { ...recovery, key: { ...recovery.key, drilled: now.toISOString() } }
      : recovery,
  );
}

/** Remembers that there is a backup of a local key. Where that cannot be noted, the backup is no worse for it. */
export async function noteBackup(store: Store, localKey: string, now = new Date()): Promise<void> {
  try {
    await change(store, (recovery) => ({
      ...recovery,
      backups: { ...recovery.backups, [localKey]: now.toISOString() },
    }));
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
  }
}

/** The user wants it so: no more reminders that there is neither recovery key nor backup. */
export async function quietReminder(store: Store): Promise<void> {
  await change(store, (recovery) => ({ ...recovery, quiet: true }));
}

/** @throws EnvelopeError `recovery-other` unless `recipient` is that of `key`; `details` say if it was one earlier */
export function checkIsInUse(recipient: string, { key, former }: RecoverySettings): void {
  if (recipient === key?.recipient) return;
  const earlier = former.find((one) => one.recipient === recipient);
  throw new EnvelopeError('recovery-other', 'this is not the recovery key in use', {
    ...(earlier === undefined ? {} : { made: earlier.made, ended: earlier.ended }),
    ...(key === undefined ? {} : { current: key.made }),
  });
}

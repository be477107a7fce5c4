import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAtRisk, isDrillDue, MAX_FORMER, noRecovery, recoveryName } from '../../shared/recovery.ts';
import { newIdentity } from '../keys/age-identity.ts';
import { KeyringFixture } from '../keys/keyring-fixture.ts';
import type { SettingsStore } from '../settings/store.ts';
import {
  checkIsInUse,
  forgetRecoveryKey,
  noteBackup,
  noteDrill,
  quietReminder,
  useRecoveryKey,
} from './recovery-key.ts';

let fixture: KeyringFixture;
let settings: SettingsStore;
beforeEach(async () => {
  fixture = await KeyringFixture.create();
  ({ settings } = fixture);
});
afterEach(async () => {
  await fixture.remove();
});

const recovery = async () => (await settings.load()).recovery;
const made = '2026-01-01T00:00:00.000Z';
const day = (n: number): Date => new Date(Date.parse(made) + n * 86_400_000);

async function use(at = day(0)): Promise<string> {
  const { recipient } = await newIdentity();
  await useRecoveryKey(settings, { recipient, made: at.toISOString() }, at);
  return recipient;
}

describe('the recovery key in the settings', () => {
  it('is used, replaced and forgotten, and what it was is remembered', async () => {
    const first = await use();
    const second = await use(day(10));
    expect(await recovery()).toMatchObject({
      key: { recipient: second },
      former: [{ recipient: first, made, ended: day(10).toISOString() }],
    });
    await forgetRecoveryKey(settings, day(20));
    expect(await recovery()).toMatchObject({ former: [{ recipient: second }, { recipient: first }] });
    expect(await recovery()).not.toHaveProperty('key');
    await expect(forgetRecoveryKey(settings)).rejects.toMatchObject({ code: 'recovery-missing' });
  });

  it('that was forgotten and is used again is former no more', async () => {
    const recipient = await use();
    await forgetRecoveryKey(settings);
    await useRecoveryKey(settings, { recipient, made });
    expect(await recovery()).toEqual({ ...noRecovery, key: { recipient, made } });
  });

  it('that is used already keeps its dates', async () => {
    const recipient = await use();
    await noteDrill(settings, recipient, day(5));
    await useRecoveryKey(settings, { recipient, made: day(9).toISOString() });
    expect((await recovery()).key).toEqual({ recipient, made, drilled: day(5).toISOString() });
  });

  it('remembers a bounded number of former ones', async () => {
    for (let n = 0; n <= MAX_FORMER + 2; n += 1) await use(day(n));
    expect((await recovery()).former).toHaveLength(MAX_FORMER);
  });

  it('is not tried by the sheet of another', async () => {
    const first = await use();
    const second = await use(day(3));
    await noteDrill(settings, first);
    expect((await recovery()).key).not.toHaveProperty('drilled');
    const now = await recovery();
    const refusal = (recipient: string): unknown => {
      try {
        checkIsInUse(recipient, now);
        return undefined;
      } catch (error) {
        return error;
      }
    };
    expect(refusal(second)).toBeUndefined();
    expect(refusal(first)).toMatchObject({
      code: 'recovery-other',
      details: { made, ended: day(3).toISOString(), current: day(3).toISOString() },
    });
    expect(refusal('age1x')).toMatchObject({
      code: 'recovery-other',
      details: { current: day(3).toISOString() },
    });
    expect(recoveryName(first, now)).toBe('Recovery key made 2026-01-01, no longer in use');
    expect(recoveryName(second, now)).toBe('Recovery key');
    expect(recoveryName('age1x', now)).toBeUndefined();
  });
});

describe('reminders', () => {
  it('are there while a key has neither backup nor recovery key, and until somebody wants none', async () => {
    expect(isAtRisk(noRecovery, [])).toBe(false);
    expect(isAtRisk(await recovery(), ['local:a'])).toBe(true);
    await noteBackup(settings, 'local:a');
    expect(isAtRisk(await recovery(), ['local:a'])).toBe(false);
    expect(isAtRisk(await recovery(), ['local:a', 'local:b'])).toBe(true);
    await quietReminder(settings);
    expect(isAtRisk(await recovery(), ['local:a', 'local:b'])).toBe(false);
  });

  it('are not there with a recovery key', async () => {
    await use();
    expect(isAtRisk(await recovery(), ['local:a'])).toBe(false);
  });

  it('come a year after the last try, or after it was made', () => {
    const key = { recipient: 'age1x', made };
    expect(isDrillDue(key, day(365).getTime())).toBe(false);
    expect(isDrillDue(key, day(366).getTime())).toBe(true);
    const tried = { ...key, drilled: day(300).toISOString() };
    expect(isDrillDue(tried, day(366).getTime())).toBe(false);
    expect(isDrillDue(tried, day(666).getTime())).toBe(true);
  });
});

/** @file Sessions of IAM Identity Center that end: renewed without a person where that is possible. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { renewQuietly, signIn } from '../electron/keys/aws/sso/sign-in.ts';
import { coded, sealed } from './kms-stand-in/fixture.ts';
import { profile, sealer, useSignIn } from './sso-stand-in/fixture.ts';
import { START_URL } from './sso-stand-in/address.ts';

const work = useSignIn();

describe('a session that ends', () => {
  it.each([
    ['a profile', profile('person'), 'corp'],
    ['a connection set up here', sealer, START_URL],
  ])('is renewed without a person: %s', async (_, credentials, name) => {
    const connection = await work.signedIn(credentials, 1);
    const before = work.home.token(name);
    await sleep(1_100);
    await Promise.all(
      Array.from({ length: 10 }, async () => await sealed(new AwsKmsProvider([connection]), work.key)),
    );
    expect(work.count('CreateToken')).toBe(1);
    const after = work.home.token(name);
    expect(after['accessToken']).toBe(work.kms.sso.tokens.secrets.at(-2));
    expect(after['refreshToken']).toBe(work.kms.sso.tokens.secrets.at(-1));
    expect(after['clientId']).toBe(before['clientId']);
    expect(Object.values(work.home.modes())).toEqual([0o600, 0o600]);
  });

  it('is over when it cannot be renewed, and a sign-in is asked for', async () => {
    const connection = await work.signedIn(sealer, 1);
    await sleep(1_100);
    work.kms.sso.tokens.revoke();
    const provider = new AwsKmsProvider([connection]);
    await expect(sealed(provider, work.key)).rejects.toEqual(
      coded('credentials-expired', { startUrl: START_URL }),
    );
    await signIn(connection, work.approved);
    await sealed(provider, work.key);
  });

  it('of the older kind is not renewed', async () => {
    const connection = await work.signedIn(profile('older'), 1);
    await sleep(1_100);
    await expect(sealed(new AwsKmsProvider([connection]), work.key)).rejects.toEqual(
      coded('credentials-expired'),
    );
    expect(work.count('CreateToken')).toBe(0);
  });

  it('and cannot be renewed without a network is no reason to sign in', async () => {
    const connection = await work.signedIn(sealer, 1);
    await sleep(1_100);
    work.kms.faults.add({ kind: 'reset', action: 'CreateToken' });
    await expect(sealed(new AwsKmsProvider([connection]), work.key)).rejects.toEqual(coded('kms-offline'));
  });

  it('that still holds is used though it cannot be renewed', async () => {
    const connection = await work.signedIn(sealer, 300);
    work.kms.faults.add({ kind: 'reset', action: 'CreateToken' });
    await sealed(new AwsKmsProvider([connection]), work.key);
  });

  it('which another program renewed at the same moment is taken over', async () => {
    const connection = await work.signedIn(sealer, 1);
    const spent = work.home.token(START_URL);
    await sleep(1_100);
    const other = work.connect(sealer);
    await sealed(new AwsKmsProvider([other]), work.key);
    const renewed = work.home.token(START_URL);
    work.home.write(START_URL, spent);
    const release = work.kms.faults.hold('CreateToken');
    const sealing = sealed(new AwsKmsProvider([connection]), work.key);
    await vi.waitFor(() => expect(work.count('CreateToken')).toBe(2));
    work.home.write(START_URL, renewed);
    release();
    await sealing;
  });

  it('at the KMS, though the sign-in holds, goes on without a person', async () => {
    const connection = await work.signedIn(sealer, 8 * 3600);
    const provider = new AwsKmsProvider([connection]);
    await sealed(provider, work.key);
    work.kms.callers.endSessions();
    await expect(sealed(provider, work.key)).rejects.toEqual(coded('credentials-expired'));
    expect(await renewQuietly(connection)).toBe(true);
    await sealed(provider, work.key);
    work.kms.sso.tokens.revoke();
    work.kms.callers.endSessions();
    await expect(renewQuietly(connection)).rejects.toEqual(coded('credentials-expired'));
  });

  it('after the AWS tools signed in is taken from them', async () => {
    const connection = await work.signedIn(profile('person'), 1);
    await sleep(1_100);
    work.kms.sso.tokens.revoke();
    const provider = new AwsKmsProvider([connection]);
    await expect(sealed(provider, work.key)).rejects.toEqual(coded('credentials-expired'));
    await signIn(work.connect(profile('person')), work.approved);
    expect(await renewQuietly(connection)).toBe(true);
    await sealed(provider, work.key);
    expect(await renewQuietly(work.connect(profile('keys')))).toBe(false);
  });
});

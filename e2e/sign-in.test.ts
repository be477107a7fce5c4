/** @file Signing in at IAM Identity Center by the browser, shared with the AWS tools. */
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { whoAmI } from '../electron/keys/aws/admin.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import type { DeviceCode } from '../electron/keys/aws/sso/device.ts';
import { listAccounts, listRoles, sessionOf, signIn } from '../electron/keys/aws/sso/sign-in.ts';
import { coded, sealed } from './kms-stand-in/fixture.ts';
import { profile, sealer, useSignIn, waits } from './sso-stand-in/fixture.ts';
import { START_URL } from './sso-stand-in/address.ts';
import { answering } from './sso-stand-in/person.ts';

const work = useSignIn();

describe('signing in', () => {
  it.each([
    ['a profile with a session', profile('person'), 'corp', true],
    ['a profile of the older kind', profile('older'), START_URL, false],
    ['a connection set up here', sealer, START_URL, true],
    ['a role by way of such a profile', profile('chained'), 'corp', true],
  ])('%s: the token lies where the AWS tools have theirs', async (_, credentials, name, renews) => {
    work.unhurried();
    const connection = work.connect(credentials);
    await expect(whoAmI(connection)).rejects.toEqual(coded('credentials-expired', { startUrl: START_URL }));
    expect(await sessionOf(connection)).toMatchObject({ startUrl: START_URL, until: undefined });
    const until = await signIn(connection, work.approved);
    expect(until.getTime()).toBeGreaterThan(Date.now() + 7 * 3_600_000);
    const token = work.home.token(name);
    expect(token).toMatchObject({
      startUrl: START_URL,
      region: 'eu-central-1',
      accessToken: work.kms.sso.tokens.secrets[0],
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      registrationExpiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect('refreshToken' in token).toBe(renews);
    expect(await sessionOf(connection)).toMatchObject({ renews, until: new Date(token['expiresAt'] ?? '') });
    expect(Object.values(work.home.modes())).toEqual([0o600, 0o600]);
    // The same connection, whose clients have failed before, goes on.
    await sealed(new AwsKmsProvider([connection]), work.key);
  });

  it('shows the code that the browser has, and asks as often as the service wants', async () => {
    const shown: DeviceCode[] = [];
    const started = performance.now();
    await signIn(work.connect(sealer), {
      onCode: (code) => {
        shown.push(code);
        setTimeout(() => answering(work.kms.sso, 'approve')(code), 1_200);
      },
    });
    expect(shown).toMatchObject([{ userCode: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/) }]);
    expect(shown[0]?.url).toBe(`${work.kms.endpoint}/device?user_code=${shown[0]?.userCode}`);
    expect(performance.now() - started).toBeGreaterThan(1_900);
    expect(work.count('CreateToken')).toBe(2);
  });

  it('asks less often when it is told to slow down, and goes on when the network is gone for a moment', async () => {
    work.unhurried();
    const { waited, wait } = waits();
    // Every fault counts every request: two attempts are reset, then the third is told to slow down.
    work.kms.faults.add({ kind: 'reset', action: 'CreateToken', times: 2 });
    work.kms.faults.add({ kind: 'refuse', name: 'SlowDownException', action: 'CreateToken', times: 3 });
    await signIn(work.connect(sealer), { onCode: answering(work.kms.sso, 'approve'), wait });
    expect(waited).toEqual([0, 0, 5_000]);
    expect(await sessionOf(work.connect(sealer))).toMatchObject({ renews: true });
  });

  it.each([
    ['is declined', 'sign-in-denied', () => work.kms.sso.answer(work.kms.sso.waiting[0] ?? '', 'deny')],
    ['is not confirmed in time', 'sign-in-expired', () => work.kms.sso.expireCodes()],
  ] as const)('that %s leaves what was there', async (_, code, answer) => {
    work.unhurried();
    const before = { accessToken: 'old', expiresAt: '2020-01-01T00:00:00Z', startUrl: START_URL };
    work.home.write(START_URL, before);
    const ends = signIn(work.connect(sealer), { ...waits(), onCode: answer });
    await expect(ends).rejects.toEqual(coded(code));
    expect(work.home.token(START_URL)).toEqual(before);
  });

  it('whose code runs out while nobody answers ends by itself, also without a network', async () => {
    work.kms.sso.codeLifetime = 1;
    await expect(signIn(work.connect(sealer), { onCode: () => {} })).rejects.toEqual(
      coded('sign-in-expired'),
    );
    work.kms.faults.add({ kind: 'reset', action: 'CreateToken' });
    await expect(signIn(work.connect(sealer), { onCode: () => {} })).rejects.toEqual(
      coded('kms-offline', { service: 'IAM Identity Center' }),
    );
  });

  it('is cancelled at once, before and while the person is in the browser', async () => {
    const early = signIn(work.connect(sealer), { onCode: () => {}, signal: AbortSignal.abort() });
    await expect(early).rejects.toEqual(coded('cancelled'));
    const abort = new AbortController();
    const started = performance.now();
    work.kms.sso.interval = 30;
    const ends = signIn(work.connect(sealer), {
      onCode: () => setTimeout(() => abort.abort(), 50) && undefined,
      signal: abort.signal,
    });
    await expect(ends).rejects.toEqual(coded('cancelled'));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(work.count('CreateToken')).toBe(0);
  });

  it('without a network says so, and leaves what was there', async () => {
    work.kms.faults.add({ kind: 'reset', action: 'RegisterClient' });
    await expect(signIn(work.connect(sealer), work.approved)).rejects.toEqual(
      coded('kms-offline', { service: 'IAM Identity Center', region: 'eu-central-1' }),
    );
    expect(await sessionOf(work.connect(sealer))).toMatchObject({ until: undefined });
  });

  it.each([
    'https://evil.example/start?user_code=A',
    'https://s3.eu-central-1.amazonaws.com/bucket',
    'http://127.0.0.1:1/device',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('does not open %s', async (page) => {
    work.kms.sso.page = page;
    const onCode = vi.fn<() => void>();
    await expect(signIn(work.connect(sealer), { onCode })).rejects.toEqual(coded('sign-in-page'));
    expect(onCode).not.toHaveBeenCalled();
  });

  it('to an address that the service does not know says which', async () => {
    const startUrl = 'https://d-0000000000.awsapps.com/start';
    await expect(signIn(work.connect({ ...sealer, startUrl }), work.approved)).rejects.toEqual(
      coded('sign-in-invalid', { startUrl, region: 'eu-central-1', name: 'InvalidRequestException' }),
    );
  });

  it('is not for a connection that has no such session', async () => {
    await expect(signIn(work.connect(profile('keys')), work.approved)).rejects.toEqual(coded('usage'));
    expect(work.kms.calls).toEqual([]);
  });
});

describe('the registration of the program', () => {
  it('is used again, made anew when it has expired, and when the service has forgotten it', async () => {
    work.unhurried();
    await signIn(work.connect(sealer), work.approved);
    await signIn(work.connect(sealer), work.approved);
    expect(work.count('RegisterClient')).toBe(1);
    work.kms.sso.forgetClients();
    await signIn(work.connect(sealer), work.approved);
    expect(work.count('RegisterClient')).toBe(2);
    work.kms.sso.registrationLifetime = 60;
    work.kms.sso.forgetClients();
    await signIn(work.connect(sealer), work.approved);
    await signIn(work.connect(sealer), work.approved);
    expect(work.count('RegisterClient')).toBe(4);
  });
});

describe('accounts and roles', () => {
  it('are listed, all pages of them', async () => {
    work.unhurried();
    const connection = work.connect(sealer);
    await expect(listAccounts(connection)).rejects.toEqual(coded('credentials-expired'));
    await signIn(connection, work.approved);
    expect(await listAccounts(connection)).toEqual([
      { account: '444455556666', name: 'Archive' },
      { account: '111122223333', name: 'Production' },
    ]);
    expect(await listRoles(connection, '111122223333')).toEqual(['Auditor', 'Sealer']);
    work.kms.sso.tokens.revoke();
    await expect(listAccounts(connection)).rejects.toEqual(coded('credentials-expired'));
  });

  it('that the person does not have are said to be that', async () => {
    work.unhurried();
    const connection = work.connect(profile('nobody'));
    await signIn(connection, work.approved);
    await expect(sealed(new AwsKmsProvider([connection]), work.key)).rejects.toEqual(coded('sign-in-role'));
  });
});

describe('a token that is not one', () => {
  it.each([
    '',
    'no JSON',
    '{}',
    '[]',
    '{"accessToken":"x","expiresAt":"yesterday"}',
    '{"accessToken":1,"expiresAt":"2020-01-01T00:00:00Z"}',
  ])('is as good as none: %s', async (text) => {
    work.home.writeText(START_URL, text);
    await expect(sealed(new AwsKmsProvider([work.connect(sealer)]), work.key)).rejects.toEqual(
      coded('credentials-expired'),
    );
  });
});

describe('codes and tokens', () => {
  it('are in no error', async () => {
    work.unhurried();
    const errors: unknown[] = [];
    const keep = async (work: Promise<unknown>): Promise<void> => {
      await work.catch((error: unknown) => errors.push(error));
    };
    const connection = work.connect(sealer);
    await signIn(connection, work.approved);
    for (const kind of ['denied', 'broken', 'half', 'reset', 'expired'] as const) {
      const end = work.kms.faults.add({ kind, action: 'CreateToken' });
      await keep(signIn(connection, { ...work.approved, signal: AbortSignal.timeout(2_000) }));
      end();
    }
    for (const kind of ['denied', 'broken', 'half', 'reset'] as const) {
      const end = work.kms.faults.add({ kind, action: 'GetRoleCredentials' });
      connection.reset();
      await keep(sealed(new AwsKmsProvider([connection]), work.key));
      end();
    }
    expect(errors).toHaveLength(9);
    const told = inspect(errors, { depth: null, showHidden: true, maxStringLength: null });
    for (const secret of [
      ...work.kms.sso.tokens.secrets,
      ...work.kms.sso.deviceCodes,
      'registration-secret',
      'stand-in-role',
    ]) {
      expect(told).not.toContain(secret);
    }
  });
});

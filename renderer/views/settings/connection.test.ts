import { describe, expect, it } from 'vitest';
import type { KmsConnection } from '../../../shared/kms.ts';
import { draftOf, formOf, secretOf, type ConnectionDraft } from './connection-draft.ts';
import { connectionProblems } from './connection-problems.ts';

const profile: ConnectionDraft = { ...draftOf(undefined), name: 'Work', profile: 'work' };
const accessKeys: ConnectionDraft = {
  ...profile,
  kind: 'keys',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'secret',
};
const role: ConnectionDraft = {
  ...profile,
  kind: 'role',
  roleArn: 'arn:aws:iam::444455556666:role/sealer',
};
const problems = (draft: ConnectionDraft, taken: string[] = [], needsSecret = true) =>
  connectionProblems(draft, taken, needsSecret);

describe('connectionProblems', () => {
  it('has none for what can be saved', () => {
    for (const draft of [profile, accessKeys, role, { ...profile, kind: 'default' as const }]) {
      expect(problems(draft)).toEqual({});
    }
  });

  it('wants a name of its own', () => {
    expect(problems({ ...profile, name: '  ' })).toEqual({ name: 'name-empty' });
    expect(problems({ ...profile, name: ' Lab ' }, ['Lab'])).toEqual({ name: 'name-taken' });
  });

  it('wants what the chosen credentials need, and nothing of the others', () => {
    expect(problems({ ...profile, profile: '' })).toEqual({ profile: 'profile-empty' });
    expect(problems({ ...accessKeys, profile: '', accessKeyId: 'secret/with+signs' })).toEqual({
      accessKeyId: 'access-key-form',
    });
    expect(problems({ ...accessKeys, secretAccessKey: '' })).toEqual({ secretAccessKey: 'secret-empty' });
    expect(problems({ ...accessKeys, secretAccessKey: '' }, [], false)).toEqual({});
    for (const roleArn of ['', 'sealer', 'arn:aws:iam::4444:role/x', 'arn:aws:iam::444455556666:user/kim']) {
      expect(problems({ ...role, roleArn })).toEqual({ roleArn: 'role-form' });
    }
  });

  it('knows the limits of a session', () => {
    for (const durationSeconds of ['899', '43201', 'an hour', '900.5']) {
      expect(problems({ ...role, durationSeconds })).toEqual({ durationSeconds: 'duration-range' });
    }
    expect(problems({ ...role, durationSeconds: '900', mfaSerial: 'GAHT12345678' })).toEqual({});
    expect(problems({ ...role, mfaSerial: '123456' })).toEqual({ mfaSerial: 'mfa-form' });
    expect(problems({ ...role, sessionName: 'a b' })).toEqual({ sessionName: 'session-form' });
  });

  it('takes https, or plain http on this computer only', () => {
    for (const endpoint of [
      'http://kms.example.com',
      'http://127.0.0.1.example.com',
      'http://10.0.0.1:4566',
    ]) {
      expect(problems({ ...profile, endpoint }), endpoint).toEqual({ endpoint: 'endpoint-plain' });
    }
    for (const endpoint of ['kms.example.com', 'ftp://kms.example.com', 'https://']) {
      expect(problems({ ...profile, endpoint }), endpoint).toEqual({ endpoint: 'endpoint-url' });
    }
    for (const endpoint of [
      'https://kms.example.com',
      'http://localhost:4566',
      'http://127.0.0.1:4566',
      'http://[::1]:1',
    ]) {
      expect(problems({ ...profile, endpoint }), endpoint).toEqual({});
    }
  });

  it('keeps passwords out of addresses, which are no secrets', () => {
    expect(problems({ ...profile, endpoint: 'https://a:b@kms.example.com' })).toEqual({
      endpoint: 'password-in-url',
    });
    expect(problems({ ...profile, proxy: 'http://a:b@proxy.example.com:3128' })).toEqual({
      proxy: 'password-in-url',
    });
    expect(problems({ ...profile, proxy: 'socks5://proxy.example.com' })).toEqual({ proxy: 'proxy-url' });
  });

  it('does not let FIPS or dual-stack stand beside an endpoint that is given', () => {
    const endpoint = 'https://kms.example.com';
    expect(problems({ ...profile, endpoint, fips: true })).toEqual({ endpoint: 'endpoint-fixed' });
    expect(problems({ ...profile, endpoint, dualStack: true })).toEqual({ endpoint: 'endpoint-fixed' });
    expect(problems({ ...profile, fips: true, dualStack: true })).toEqual({});
  });

  it('knows a region and a rate', () => {
    expect(problems({ ...profile, region: 'Frankfurt' })).toEqual({ region: 'region-form' });
    expect(problems({ ...profile, region: ' us-gov-west-1 ' })).toEqual({});
    expect(problems({ ...profile, replicaRegions: 'eu-west-1, here' })).toEqual({
      replicaRegions: 'region-form',
    });
    expect(problems({ ...profile, callsPerSecond: '0' })).toEqual({ callsPerSecond: 'calls-range' });
    expect(problems({ ...profile, callsPerSecond: '1001' })).toEqual({ callsPerSecond: 'calls-range' });
  });
});

describe('formOf', () => {
  it('leaves out what was not typed', () => {
    expect(formOf(profile)).toEqual({
      name: 'Work',
      credentials: { kind: 'profile', profile: 'work' },
      ca: { kind: 'none' },
    });
  });

  it('gives a connection back as it was, its certificates as a grant to keep', () => {
    const connection: KmsConnection = {
      name: 'Lab',
      credentials: {
        kind: 'role',
        roleArn: 'arn:aws:iam::444455556666:role/sealer',
        sourceProfile: 'lab',
        mfaSerial: 'arn:aws:iam::444455556666:mfa/kim',
        externalId: 'x',
        durationSeconds: 3600,
        sessionName: 'kim',
      },
      region: 'us-east-1',
      replicaRegions: ['us-west-2', 'eu-west-1'],
      fips: true,
      dualStack: true,
      proxy: 'http://proxy.example.com:3128',
      caFile: '/etc/certificates/corp.pem',
      callsPerSecond: 5,
    };
    const { caFile: _, ...rest } = connection;
    expect(draftOf(connection).caName).toBe('corp.pem');
    expect(formOf(draftOf(connection))).toEqual({ ...rest, ca: { kind: 'keep' } });
  });

  it('never holds the secret, which goes by itself', () => {
    expect(JSON.stringify(formOf(accessKeys))).not.toContain('secret');
    expect(secretOf(accessKeys)).toEqual({ secretAccessKey: 'secret' });
    expect(secretOf({ ...accessKeys, sessionToken: ' token ' })).toEqual({
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
    expect(secretOf({ ...accessKeys, secretAccessKey: '' })).toBeUndefined();
    // Typed, and then another kind was chosen.
    expect(secretOf({ ...accessKeys, kind: 'profile' })).toBeUndefined();
  });
});

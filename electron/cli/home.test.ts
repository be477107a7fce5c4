import { describe, expect, it } from 'vitest';
import type { KmsConnection } from '../../shared/kms.ts';
import { connectionsFor, endpointOfEnvironment } from './home.ts';

const company: KmsConnection = {
  name: 'company',
  credentials: { kind: 'profile', profile: 'company' },
  region: 'eu-central-1',
  proxy: 'http://proxy:3128',
};
const other: KmsConnection = { name: 'other', credentials: { kind: 'default' } };

describe('connectionsFor', () => {
  it('refuses a connection that there is not', () => {
    expect(() => connectionsFor([company], { connection: 'nowhere' })).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });

  it('takes what the settings have, or what the SDK finds by itself', () => {
    expect(connectionsFor([company, other], {})).toEqual([company, other]);
    expect(connectionsFor([], {})).toEqual([{ name: 'default', credentials: { kind: 'default' } }]);
    expect(connectionsFor([company, other], { connection: 'other' })).toEqual([other]);
  });

  it('puts what is given for this run into the first, and only that one is used', () => {
    expect(connectionsFor([company, other], { profile: 'mine', region: 'us-east-1' })).toEqual([
      {
        ...company,
        credentials: { kind: 'profile', profile: 'mine' },
        region: 'us-east-1',
        replicaRegions: ['us-east-1'],
      },
    ]);
  });
});

describe('endpointOfEnvironment', () => {
  const own: KmsConnection = { name: 'default', credentials: { kind: 'default' } };
  it.each([
    [{ AWS_ENDPOINT_URL_KMS: 'https://me:secret@kms.example:8443/x' }, 'https://kms.example:8443'],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:4566'],
    [{ AWS_ENDPOINT_URL_KMS: 'nonsense' }, 'not an address'],
    [{ AWS_ENDPOINT_URL_KMS: 'https://vpce-1.kms.eu-central-1.vpce.amazonaws.com' }, undefined],
    [{ AWS_ENDPOINT_URL: 'http://x', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, undefined],
    [{}, undefined],
  ])('of %j is %s', (environment, endpoint) => {
    expect(endpointOfEnvironment([own], environment)?.endpoint).toBe(endpoint);
  });

  it('means no connection that names its own', () => {
    const named = { ...own, endpoint: 'https://kms.example' };
    expect(endpointOfEnvironment([named], { AWS_ENDPOINT_URL: 'https://x.example' })).toBeUndefined();
  });
});

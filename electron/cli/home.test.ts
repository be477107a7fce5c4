import { describe, expect, it } from 'vitest';
import type { KmsConnection } from '../../shared/kms.ts';
import { connectionsFor } from './home.ts';

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

import { describe, expect, it } from 'vitest';
import { type Denial, policiesFor, principalOf } from './denial.ts';

const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1a2b';
const key = { name: arn, arn, partition: 'aws', account: '111122223333', region: 'eu-central-1' };
const caller = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/kim' };
const denial = (more: Partial<Denial> = {}): Denial => ({
  action: 'Decrypt',
  denied: ['Decrypt'],
  caller,
  key,
  crossAccount: false,
  ...more,
});
const statement = (text = '{}') => (JSON.parse(text) as { Statement: [object] }).Statement[0];

describe('policiesFor', () => {
  it('allows what was denied, on that key alone', () => {
    const policies = policiesFor(denial());
    expect(JSON.parse(policies?.caller ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'Envelope', Effect: 'Allow', Action: 'kms:Decrypt', Resource: arn }],
    });
    expect(policies).not.toHaveProperty('key');
  });

  it('is nothing where nothing is denied any more', () => {
    expect(policiesFor(denial({ denied: [] }))).toBeUndefined();
  });

  it('names both permissions of a re-encryption, each once', () => {
    expect(
      statement(policiesFor(denial({ denied: ['ReEncrypt', 'Decrypt', 'ReEncrypt'] }))?.caller),
    ).toMatchObject({
      Action: ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    });
  });

  it('takes a yes of both sides for a key of another account', () => {
    const other = denial({
      caller: { account: '999988887777', arn: 'arn:aws:iam::999988887777:user/kim' },
      crossAccount: true,
    });
    expect(statement(policiesFor(other)?.key)).toEqual({
      Sid: 'Envelope',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999988887777:user/kim' },
      Action: 'kms:Decrypt',
      Resource: '*',
    });
    expect(statement(policiesFor(other)?.caller)).toMatchObject({ Resource: arn });
  });

  it('says which alias a key must have, where its ARN could not be found out', () => {
    const { arn: _arn, ...rest } = key;
    for (const name of ['alias/team', 'arn:aws:kms:eu-central-1:111122223333:alias/team']) {
      expect(statement(policiesFor(denial({ key: { ...rest, name } }))?.caller)).toMatchObject({
        Resource: 'arn:aws:kms:eu-central-1:111122223333:key/*',
        Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/team' } },
      });
    }
    expect(statement(policiesFor(denial({ key: { ...rest, name: '1a2b' } }))?.caller)).toMatchObject({
      Resource: arn,
    });
  });

  it('is about no key where the action is not', () => {
    const { key: _key, ...rest } = denial({ action: 'ListAliases', denied: ['ListAliases'] });
    expect(statement(policiesFor(rest)?.caller)).toMatchObject({ Action: 'kms:ListAliases', Resource: '*' });
  });
});

it('the principal of a session is its role', () => {
  const session = 'arn:aws-cn:sts::111122223333:assumed-role/sealer/kim@example.com';
  expect(principalOf({ account: '111122223333', arn: session })).toBe(
    'arn:aws-cn:iam::111122223333:role/sealer',
  );
  expect(principalOf(caller)).toBe(caller.arn);
});

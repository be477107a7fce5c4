import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answersTo,
  isMultiRegion,
  parseKeyArn,
  parseKeyName,
  partitionOf,
  regionOf,
  replicaArn,
} from './key-arn.ts';

const mrk = 'arn:aws:kms:eu-central-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef';
const single = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function arn(text: string): NonNullable<ReturnType<typeof parseKeyArn>> {
  const parsed = parseKeyArn(text);
  if (parsed === undefined) throw new Error(`not an ARN: ${text}`);
  return parsed;
}

describe('the key ARN of FORMAT.md section 4', () => {
  it.each([
    '',
    'alias/a',
    `${single} `,
    `${single}\n`,
    `x${single}`,
    single.replace(':key/', ':alias/'),
    single.replace('111122223333', '11112222333'),
    single.replace('eu-central-1', 'eu-central'),
    single.replace('eu-central-1', 'EU-CENTRAL-1'),
    single.replace('arn:aws:', 'arn:aw:'),
    single.replace(/key\/.*/, 'key/'),
    single.replace(/key\/.*/, `key/${'a'.repeat(65)}`),
    single.replace('eu-central-1', 'x.evil.example'),
  ])('refuses %j', (text) => {
    expect(parseKeyArn(text)).toBeUndefined();
  });

  it.each([
    [single, 'aws', 'eu-central-1'],
    ['arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/k', 'aws-us-gov', 'us-gov-west-1'],
    ['arn:aws-cn:kms:cn-northwest-1:111122223333:key/k', 'aws-cn', 'cn-northwest-1'],
  ])('reads %s', (text, partition, region) => {
    expect(parseKeyArn(text)).toMatchObject({ arn: text, partition, region, account: '111122223333' });
    expect(partitionOf(region)).toBe(partition);
  });
});

describe('names of keys', () => {
  it('tells the four forms apart', () => {
    expect(parseKeyName(single)).toMatchObject({ form: 'arn', region: 'eu-central-1' });
    expect(parseKeyName('arn:aws:kms:eu-west-1:111122223333:alias/a/b')).toMatchObject({
      form: 'alias-arn',
      region: 'eu-west-1',
    });
    expect(parseKeyName('alias/a_b-c')).toEqual({ form: 'alias' });
    expect(parseKeyName('mrk-01')).toEqual({ form: 'id', id: 'mrk-01' });
  });

  it.each(['', 'alias/', 'alias/ä', 'a b', 'arn:aws:kms:eu-central-1:1:key/k'])('refuses %j', (text) => {
    expect(() => parseKeyName(text)).toThrow(expect.objectContaining({ code: 'kms-request-invalid' }));
  });

  it('lets an ARN fix the region', () => {
    expect(regionOf(parseKeyName(single))).toBe('eu-central-1');
    expect(regionOf(parseKeyName('alias/a'))).toBeUndefined();
  });

  it('believes an answer only if it is about the key asked for', () => {
    const here = 'eu-central-1';
    expect(answersTo(arn(single), parseKeyName(single), here)).toBe(true);
    expect(answersTo(arn(mrk), parseKeyName(single), here)).toBe(false);
    expect(answersTo(arn(single), parseKeyName(arn(single).id), here)).toBe(true);
    expect(answersTo(arn(mrk), parseKeyName(arn(single).id), here)).toBe(false);
    expect(answersTo(arn(single), parseKeyName('alias/a'), here)).toBe(true);
    expect(answersTo(arn(single), parseKeyName('alias/a'), 'eu-west-1')).toBe(false);
    expect(answersTo(arn(single), parseKeyName('arn:aws:kms:eu-central-1:111122223333:alias/a'), here)).toBe(
      true,
    );
    expect(answersTo(arn(single), parseKeyName('arn:aws:kms:eu-central-1:999999999999:alias/a'), here)).toBe(
      false,
    );
  });
});

describe('replicas', () => {
  it('exist of multi-Region keys only', () => {
    expect(isMultiRegion(arn(single))).toBe(false);
    expect(() => replicaArn(arn(single), 'eu-west-1')).toThrow(/replicas/);
  });

  it('refuse what is not a region', () => {
    expect(() => replicaArn(arn(mrk), 'eu-west-1:999999999999:key/x')).toThrow(
      expect.objectContaining({ code: 'settings-invalid' }),
    );
  });

  it('differ in the region and in nothing else', () => {
    const region = fc.stringMatching(/^[a-z]{2,4}-[a-z]{4,9}-[0-9]{1,2}$/);
    fc.assert(
      fc.property(region, (region) => {
        const replica = replicaArn(arn(mrk), region);
        expect(replica.region).toBe(region);
        expect(replicaArn(replica, 'eu-central-1').arn).toBe(mrk);
      }),
    );
  });
});

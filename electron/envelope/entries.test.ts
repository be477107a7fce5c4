import { describe, expect, it } from 'vitest';
import type { Provider } from '../../shared/envelope.ts';
import { encodeBase64url } from './base64url.ts';
import { newEntry, readEntry } from './entries.ts';
import { readJson, writeJson } from './json.ts';
import { refusalOf, sampleEntries } from './sample.fixture.ts';

const arn = sampleEntries.kms.key;
const read = (text: string) => readEntry(readJson(text));
const entry = (provider: string, key: string, bytes: number) =>
  read(writeJson({ provider, key, wrapped: encodeBase64url(new Uint8Array(bytes)) }));

describe('an entry', () => {
  it.each([
    ['"aws-kms"'],
    ['[]'],
    ['null'],
    ['1'],
    ['{}'],
    ['{"provider":1}'],
    ['{"provider":null}'],
    ['{"Provider":"age"}'],
  ])('is not %s', (text) => {
    expect(refusalOf(() => read(text))).toBe('envelope-invalid: an entry of keys names no provider');
  });

  it.each([
    ['{"provider":"age"}'],
    ['{"provider":"age","key":"x"}'],
    ['{"provider":"age","wrapped":"AA"}'],
    ['{"provider":"age","key":1,"wrapped":"AA"}'],
    ['{"provider":"age","key":"x","wrapped":{}}'],
    [writeJson({ provider: 'age', key: sampleEntries.age.key, wrapped: 'AA', more: 1 })],
  ])('of a known provider with other members is damaged, and kept: %s', (text) => {
    expect(read(text)).toEqual({
      state: 'damaged',
      provider: 'age',
      problem: 'it does not have exactly the members provider, key and wrapped',
      raw: text,
    });
  });

  it.each([['AA=='], ['A'], ['A+/A'], ['AB'], ['A A']])('whose wrapped key is %j is damaged', (wrapped) => {
    const text = writeJson({ provider: 'aws-kms', key: arn, wrapped });
    expect(read(text)).toMatchObject({
      state: 'damaged',
      problem: 'its wrapped key is not base64url',
      raw: text,
    });
  });

  const age = sampleEntries.age.key;
  it.each<[Provider, string, number]>([
    ['aws-kms', '', 100],
    ['aws-kms', 'alias/my-key', 100],
    ['aws-kms', '1234abcd-12ab-34cd-56ef-1234567890ab', 100],
    ['aws-kms', arn.replace(':key/', ':alias/'), 100],
    ['aws-kms', arn.replace('arn:aws:', 'arn:azure:'), 100],
    ['aws-kms', arn.replace('arn:aws:', `arn:aws${'x'.repeat(17)}:`), 100],
    ['aws-kms', arn.replace(':kms:', ':s3:'), 100],
    ['aws-kms', arn.replace('eu-central-1', 'eu-central-123'), 100],
    ['aws-kms', arn.replace('eu-central-1', 'eu.evil.example-1'), 100],
    ['aws-kms', arn.replace('eu-central-1', 'eu-1'), 100],
    ['aws-kms', arn.replace('111122223333', '11112222333'), 100],
    ['aws-kms', `${arn}/x`, 100],
    ['aws-kms', `${arn}\n`, 100],
    ['aws-kms', ` ${arn}`, 100],
    ['aws-kms', arn.replace(/[^/]*$/, 'k'.repeat(65)), 100],
    ['local', 'local:', 80],
    ['local', sampleEntries.local.key.slice(0, -1), 80],
    ['local', `${sampleEntries.local.key}A`, 80],
    ['local', `local:${'A'.repeat(21)}B`, 80],
    ['local', sampleEntries.local.key.replace('local', 'Local'), 80],
    ['age', age.toUpperCase(), 200],
    ['age', age.slice(0, -1), 200],
    ['age', `${age}q`, 200],
    ['age', `age1${'b'.repeat(58)}`, 200],
    ['age', `age1${'i'.repeat(58)}`, 200],
    ['age', `age1${'o'.repeat(58)}`, 200],
    ['age', `age1${'1'.repeat(58)}`, 200],
    ['age', `AGE-SECRET-KEY-1${'q'.repeat(58)}`, 200],
    ['age', 'ssh-ed25519 AAAA', 200],
  ])('of %s whose key is %j is damaged', (provider, key, bytes) => {
    expect(entry(provider, key, bytes)).toMatchObject({
      state: 'damaged',
      problem: `its key is not the name of a key of ${provider}`,
    });
  });

  it.each<[Provider, string, number]>([
    ['aws-kms', arn, 0],
    ['aws-kms', arn, 6145],
    ['local', sampleEntries.local.key, 79],
    ['local', sampleEntries.local.key, 81],
    ['age', age, 0],
    ['age', age, 1025],
  ])('of %s for %j with %d bytes is damaged', (provider, key, bytes) => {
    const damaged = entry(provider, key, bytes);
    expect(damaged).toMatchObject({ state: 'damaged', problem: 'its wrapped key has an impossible length' });
    expect(() => newEntry({ provider, key, wrapped: new Uint8Array(bytes) })).toThrow(
      'an entry that is damaged',
    );
  });

  it.each<[Provider, string, number]>([
    ['aws-kms', arn, 1],
    ['aws-kms', arn, 6144],
    ['aws-kms', arn.replace('arn:aws:', 'arn:aws-us-gov:').replace('eu-central', 'us-gov-west'), 100],
    ['aws-kms', arn.replace(/[^/]*$/, 'mrk-0123456789abcdef0123456789abcdef'), 100],
    ['local', sampleEntries.local.key, 80],
    ['age', age, 1024],
    ['age', 'age1qpzry9x8gf2tvdw0s3jn54khce6mua7lqpzry9x8gf2tvdw0s3jn54khce', 200],
  ])('of %s for %s with %d bytes is known', (provider, key, bytes) => {
    const wrapped = new Uint8Array(bytes);
    expect(entry(provider, key, bytes)).toMatchObject({ state: 'known', provider, key, wrapped });
    expect(newEntry({ provider, key, wrapped })).toEqual(entry(provider, key, bytes));
  });

  it.each([
    ['{"provider":"azure-keyvault"}'],
    ['{"2":1,"provider":"","1":[{"x":null}]}'],
    ['{"key":5,"provider":"AWS-KMS","wrapped":false}'],
    ['{"provider":"toString","key":"constructor"}'],
  ])('of an unknown provider is kept to the letter: %s', (text) => {
    expect(read(text)).toEqual({ state: 'unknown', provider: expect.any(String) as string, raw: text });
  });

  it('may have its members in any order, and keeps it', () => {
    const text = writeJson({ wrapped: 'AA', key: arn, provider: 'aws-kms' });
    expect(read(text)).toMatchObject({ state: 'known', raw: text });
  });
});

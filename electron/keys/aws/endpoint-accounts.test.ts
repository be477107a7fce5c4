import { describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../../shared/settings.ts';
import type { KmsConnection } from '../../../shared/kms.ts';
import { AwsConnection } from './connection.ts';
import { EndpointAccounts } from './endpoint-accounts.ts';
import { parseKeyArn } from './key-arn.ts';

const A = 'https://vpce-1.kms.eu-central-1.vpce.amazonaws.com';
const B = 'http://127.0.0.1:4566';

function key(account: string, region = 'eu-central-1') {
  const arn = parseKeyArn(`arn:aws:kms:${region}:${account}:key/1`);
  if (arn === undefined) throw new Error('not an ARN');
  return arn;
}
const mine = key('111122223333');
const other = key('999988887777');

const connection = (name: string, more: Partial<KmsConnection> = {}): AwsConnection =>
  new AwsConnection({ name, credentials: { kind: 'default' }, ...more });

function book() {
  let settings: Settings = defaultSettings;
  let writes = 0;
  const endpoints = new EndpointAccounts({
    load: () => Promise.resolve(settings),
    update: (change) => {
      writes += 1;
      settings = change(settings);
      return Promise.resolve(settings);
    },
  });
  return { endpoints, writes: () => writes, settings: () => settings };
}

const names = (connections: readonly AwsConnection[]): string[] => connections.map(({ name }) => name);

describe("an endpoint of the user's own", () => {
  const viaA = connection('a', { endpoint: A, region: 'eu-central-1' });
  const viaB = connection('b', { endpoint: B, region: 'us-east-1' });
  const aws = connection('aws', { region: 'eu-central-1' });

  it('is asked for keys of accounts that were used through it, and for no others', async () => {
    const { endpoints } = book();
    await endpoints.learn(viaA, mine);
    expect(names(await endpoints.allowed([viaA, aws], mine))).toEqual(['a', 'aws']);
    expect(names(await endpoints.allowed([viaA, aws], other))).toEqual(['aws']);
    expect(names(await endpoints.allowed([viaA, viaB, aws], mine))).toEqual(['a', 'aws']);
  });

  it('takes the account of one partition for no account of another', async () => {
    const { endpoints } = book();
    await endpoints.learn(viaA, mine);
    const china = parseKeyArn(mine.arn.replace('arn:aws:', 'arn:aws-cn:'));
    expect(names(await endpoints.allowed([viaA, aws], china ?? other))).toEqual(['aws']);
  });

  it('is asked if there is no other way: the only one, or the only one of that region', async () => {
    const { endpoints } = book();
    expect(names(await endpoints.allowed([viaA], other))).toEqual(['a']);
    expect(names(await endpoints.allowed([viaA, viaB], key('999988887777', 'us-east-1')))).toEqual(['b']);
    expect(names(await endpoints.allowed([viaA, viaB], key('999988887777', 'ap-south-1')))).toEqual([]);
    const twin = connection('twin', { endpoint: B, region: 'eu-central-1' });
    expect(names(await endpoints.allowed([viaA, twin], other))).toEqual([]);
  });

  it('is written down once, and another address has not learnt it', async () => {
    const { endpoints, writes, settings } = book();
    await endpoints.learn(viaA, mine);
    await endpoints.learn(viaA, mine);
    await endpoints.learn(aws, mine);
    expect(writes()).toBe(1);
    expect(settings().endpointAccounts).toEqual({ [A]: ['aws:111122223333'] });
    const moved = connection('a', { endpoint: 'https://elsewhere.example', region: 'eu-central-1' });
    expect(names(await endpoints.allowed([moved, aws], mine))).toEqual(['aws']);
  });
});

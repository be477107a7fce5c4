/** @file Where the SDK sends calls for the region of an ARN: an envelope chooses no endpoint (kms.md section 8). */
import { KMS } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeyArn } from './key-arn.ts';

/** The domains of AWS itself, in all of its partitions. */
const ofAws = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'c2s.ic.gov',
  'sc2s.sgov.gov',
  'cloud.adc-e.uk',
  'csp.hci.ic.gov',
];

const isOfAws = (host: string): boolean =>
  ofAws.some(
    (domain) => /^kms(?:-fips)?\.[a-z0-9-]+\.$/.test(host.slice(0, -domain.length)) && host.endsWith(domain),
  );

const arn = (region: string, partition = 'aws'): string =>
  `arn:${partition}:kms:${region}:111122223333:key/1`;

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'x' };

async function hostOf(region: string): Promise<string | undefined> {
  let host: string | undefined;
  const kms = new KMS({
    region,
    credentials,
    maxAttempts: 1,
    requestHandler: {
      handle: ({ hostname }: { hostname: string }) => {
        host = hostname;
        return Promise.reject(new Error('nothing leaves here'));
      },
    },
  });
  await kms.describeKey({ KeyId: arn(region) }).catch(() => {});
  return host;
}

describe('the region of an ARN', () => {
  it.each([
    'eu-x.evil.com-1',
    'eu-central-1.evil.com',
    'eu-central-1/..',
    'eu-central-1@evil.com',
    'eu-central-1#-1',
    'eu-central-1:443',
    'EU-central-1',
    'eu-centrаl-1', // a Cyrillic а
    'eu--1',
    'localhost',
    '169.254.169.254',
    '',
  ])('is none: %j', (region) => {
    expect(parseKeyArn(arn(region))).toBeUndefined();
  });

  it.each(['aws-', 'aws evil', 'aws.evil', 'evil', 'aws-averyverylongpartition', 'AWS'])(
    'nor is that a partition: %j',
    (partition) => {
      const parsed = parseKeyArn(arn('eu-central-1', partition));
      // The form allows made-up partitions; they are asked about, and choose no endpoint.
      if (partition === 'aws-') expect(parsed?.partition).toBe('aws-');
      else expect(parsed).toBeUndefined();
    },
  );

  it('leads to AWS and nowhere else, whatever an envelope says it is', async () => {
    const region = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,12}){1,3}-[0-9]{1,2}$/);
    expect(await hostOf('eu-west-1')).toBe('kms.eu-west-1.amazonaws.com');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(region, fc.constantFrom('evil-com-1', 'us-iso-east-1', 'cn-north-1')),
        async (region) => {
          expect(parseKeyArn(arn(region))?.region).toBe(region);
          // Undefined: the SDK refuses such a region by itself.
          const host = await hostOf(region);
          if (host !== undefined) expect([host, isOfAws(host)]).toEqual([host, true]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/**
 * @file *Denied*, by moto's own permission checks. moto refuses in XML, whatever the protocol; the KMS speaks JSON, so the
 * SDK cannot read why. AWS's own wording of a refusal is held by the stand-in (kms-faults.test.ts). What can be held here:
 * a refusal in whatever form is an error with its status, and no data key comes of it.
 */
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { describeInterop } from './interop/python.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { startMoto } from './kms-stand-in/moto.ts';

/** A KMS key, and the access key of a user who may do nothing. */
const SET_UP = `
import boto3, json, sys
make = lambda service: boto3.client(service, region_name='eu-central-1', endpoint_url=sys.argv[1],
                                    aws_access_key_id='test', aws_secret_access_key='test')
key = make('kms').create_key()['KeyMetadata']['Arn']
make('iam').create_user(UserName='nobody')
access = make('iam').create_access_key(UserName='nobody')['AccessKey']
print(json.dumps([key, access['AccessKeyId'], access['SecretAccessKey']]))
`;

describeInterop('denied, on moto', (python) => {
  it('is an error and gives no data key', async () => {
    await using moto = await startMoto(python);
    const said = execFileSync(python, ['-c', SET_UP, moto.endpoint], { encoding: 'utf8' });
    const [key, accessKeyId, secretAccessKey] = JSON.parse(said) as [string, string, string];
    // From here on moto checks permissions.
    const reset = await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: '0' });
    expect(reset.ok).toBe(true);
    using connection = connectTo(
      moto.endpoint,
      { credentials: { kind: 'keys', accessKeyId } },
      { secretKey: () => Promise.resolve({ secretAccessKey }) },
      { requestMs: 10_000 },
    );
    await expect(
      new AwsKmsProvider([connection]).generate(key, { 'envelope-id': 'x' }),
    ).rejects.toMatchObject({
      code: 'kms-answer-wrong',
      details: { action: 'GenerateDataKey', status: 403 },
    });
  });
});

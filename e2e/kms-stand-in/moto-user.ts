/** @file An AWS account of moto's, with a user who may use KMS and nothing else, and what the account says of a key. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Moto } from './moto.ts';

const run = promisify(execFile);

export type MotoUser = { arn: string; accessKeyId: string; secretAccessKey: string };

/** What the account itself knows of a key. */
export type MotoKey = { arn: string; enabled: boolean; rotates: boolean };

const CLIENT = `
import boto3, json, sys
endpoint, region, who, secret = sys.argv[1:5]
make = lambda service: boto3.client(service, region_name=region, endpoint_url=endpoint,
                                    aws_access_key_id=who, aws_secret_access_key=secret)
`;

const MAKE_USER = `${CLIENT}
iam = make('iam')
arn = iam.create_user(UserName='anna')['User']['Arn']
allow = {'Effect': 'Allow', 'Action': 'kms:*', 'Resource': '*'}
policy = json.dumps({'Version': '2012-10-17', 'Statement': [allow]})
iam.put_user_policy(UserName='anna', PolicyName='kms', PolicyDocument=policy)
key = iam.create_access_key(UserName='anna')['AccessKey']
print(json.dumps({'arn': arn, 'accessKeyId': key['AccessKeyId'], 'secretAccessKey': key['SecretAccessKey']}))
`;

const DESCRIBE = `${CLIENT}
kms = make('kms')
key = kms.describe_key(KeyId=sys.argv[5])['KeyMetadata']
rotates = kms.get_key_rotation_status(KeyId=key['KeyId'])['KeyRotationEnabled']
print(json.dumps({'arn': key['Arn'], 'enabled': key['Enabled'], 'rotates': rotates}))
`;

async function ask(python: string, words: readonly string[]): Promise<unknown> {
  return JSON.parse((await run(python, ['-B', '-c', ...words])).stdout);
}

/** Makes the user. From then on moto checks signatures and permissions, as AWS does. */
export async function makeMotoUser(python: string, moto: Moto, region: string): Promise<MotoUser> {
  const user = await ask(python, [MAKE_USER, moto.endpoint, region, 'test', 'test']);
  const checked = await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: '0' });
  if (!checked.ok) throw new Error(`moto does not check permissions: ${checked.status}`);
  return user as MotoUser;
}

/** The key of that id, ARN or alias, by AWS's own library for Python. @throws if there is none */
export async function describeMotoKey(
  python: string,
  moto: Moto,
  region: string,
  user: MotoUser,
  key: string,
): Promise<MotoKey> {
  const words = [DESCRIBE, moto.endpoint, region, user.accessKeyId, user.secretAccessKey, key];
  return (await ask(python, words)) as MotoKey;
}

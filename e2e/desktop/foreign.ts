/** @file An envelope that names a key it was not sealed under: its list of keys is a claim (FORMAT.md section 4). */
import { readFileSync, writeFileSync } from 'node:fs';

const ARN = 'arn:aws:kms:eu-central-1:999988887777:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** Lets the envelope at `file` name the KMS key `key` and no other. @returns `file` */
export function makeForeign(file: string, key: string = ARN): string {
  const envelope = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const keys = [{ provider: 'aws-kms', key, wrapped: 'AAAA' }];
  writeFileSync(file, `${JSON.stringify({ ...envelope, keys }, null, 2)}\n`);
  return file;
}

/** @file No error that kms.md section 4 names ends in "unknown", whichever call it comes of, through the SDK as it is. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EnvelopeError } from '../shared/errors.ts';
import { noRepairBecause, repairsOf } from '../shared/remedies.ts';
import { sentenceOf } from '../electron/cli/text.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { DataKey } from '../electron/keys/data-key.ts';
import { Facts } from '../renderer/text/facts.ts';
import { createFormat } from '../renderer/text/format.ts';
import { languages } from '../renderer/text/language.ts';
import { texts } from '../renderer/text/text.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { context, newKey, sealed } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

/** Every name of the section, in its order; `DryRunOperationException` is a success and has its tests elsewhere. */
const named = [
  'AccessDeniedException NotFoundException DisabledException KMSInvalidStateException KeyUnavailableException',
  'DependencyTimeoutException KMSInternalException InvalidCiphertextException IncorrectKeyException',
  'InvalidKeyUsageException InvalidGrantTokenException InvalidArnException InvalidMarkerException',
  'MalformedPolicyDocumentException TagException AlreadyExistsException InvalidAliasNameException',
  'UnsupportedOperationException ConflictException LimitExceededException ThrottlingException',
  'ExpiredTokenException ExpiredToken UnrecognizedClientException InvalidClientTokenId InvalidSignatureException',
  'SignatureDoesNotMatch RequestExpired RequestTimeTooSkewed',
].flatMap((line) => line.split(' '));

let kms: StandIn;
let key: string;

beforeAll(async () => {
  kms = await startKms();
  key = newKey(kms).arn;
});

afterAll(async () => {
  await kms.stop();
});

/** "AWS does not know these credentials" is the very cause; "this version does not know" is none. */
const vague = /unexpected|unknown|does not know(?! these credentials)|不认识(?!这些凭证)|未知|意外/i;

it.each(named)('%s', async (name) => {
  const calm = connectTo(kms.endpoint);
  const { entry } = await sealed(new AwsKmsProvider([calm]), key);
  calm[Symbol.dispose]();
  using connection = connectTo(kms.endpoint);
  const provider = new AwsKmsProvider([connection]);
  using dataKey = DataKey.generate();
  kms.faults.add({ kind: 'refuse', name });
  const calls = [
    provider.generate(key, context),
    provider.wrap(key, dataKey, context),
    provider.unwrap(entry, context),
  ];
  const failures = await Promise.allSettled(calls);
  kms.faults.clear();
  for (const [i, failure] of failures.entries()) {
    expect(failure.status).toBe('rejected');
    const error: unknown = failure.status === 'rejected' ? failure.reason : undefined;
    if (!(error instanceof EnvelopeError)) throw new TypeError('not an EnvelopeError');
    expect(['kms-unexpected', 'bug', 'io-failed']).not.toContain(error.code);
    const operation = i < 2 ? 'seal' : 'open';
    const record = error.toRecord();
    const mended = repairsOf(record, operation).length > 0;
    expect(mended || noRepairBecause(record, operation) !== undefined).toBe(true);
    const said = [
      sentenceOf(record, operation),
      ...languages.map((one) => texts[one].errors[error.code](new Facts(error.details, createFormat(one)))),
    ];
    for (const { what, next } of said) expect(`${what} ${next}`).not.toMatch(vague);
  }
});

import { sealBlob } from './blob.ts';
import type { Struck } from './faults.ts';
import { type Keys, type Place, symmetric } from './keys.ts';
import type { Request } from './operations.ts';

/** What a service answers that errs, or lies, in what it answers. */
export function tamper(answer: object | undefined, struck: Struck, request: Request): object {
  const foreign = (): string => foreignKey(request);
  const [length] = (
    [
      [16, 'short-key'],
      [33, 'long-key'],
      [32, 'other-data-key'],
    ] as const
  ).flatMap(([bytes, kind]) => (struck.has(kind) ? [bytes] : []));
  return {
    ...answer,
    ...(struck.has('foreign-key') ? { KeyId: foreign(), KeyMetadata: { Arn: foreign() } } : {}),
    ...(struck.has('foreign-source') ? { SourceKeyId: foreign() } : {}),
    ...(length === undefined ? {} : { Plaintext: Buffer.alloc(length, 1).toString('base64') }),
    ...(struck.has('other-wrapped') || struck.has('other-context') ? wrapOther(struck, request) : {}),
  };
}

const foreignKey = ({ keys, place }: { keys: Keys; place: Place }): string =>
  keys.create(place, symmetric).arn;

/** Something else wrapped than what was asked for or given, or for something else. */
function wrapOther(struck: Struck, { input, keys, place }: Request): object {
  const key = keys.find(place, input.text('KeyId'));
  const context = struck.has('other-context') ? {} : input.context('EncryptionContext');
  return { CiphertextBlob: sealBlob(key, Buffer.alloc(32, 2), context).toString('base64') };
}

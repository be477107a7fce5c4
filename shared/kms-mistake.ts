/** @file What is wrong with a request that AWS KMS refuses as it stands (kms.md section 4, set-up mistakes). */

export const kmsMistakes = [
  'alias-taken',
  'alias-form',
  'key-form',
  'grant-token',
  'key-policy',
  'tag',
  'unsupported',
  'at-once',
] as const;
export type KmsMistake = (typeof kmsMistakes)[number];

const byName: ReadonlyMap<string, KmsMistake> = new Map(
  Object.entries<KmsMistake>({
    AlreadyExistsException: 'alias-taken',
    InvalidAliasNameException: 'alias-form',
    InvalidArnException: 'key-form',
    InvalidGrantTokenException: 'grant-token',
    MalformedPolicyDocumentException: 'key-policy',
    TagException: 'tag',
    UnsupportedOperationException: 'unsupported',
    ConflictException: 'at-once',
  }),
);

/** By the service's word in `details.name`; undefined where it says no more than that the request is refused. */
export function kmsMistakeOf(name: unknown): KmsMistake | undefined {
  return typeof name === 'string' ? byName.get(name) : undefined;
}

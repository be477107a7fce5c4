/** @file Section 4: entries that wrap K, and those that do not. */
import type { Vector } from '../../../e2e/vector.ts';
import type { JsonObject, JsonValue } from '../../../shared/envelope.ts';
import { ageWraps, otherRecipient, recipient } from './age-wraps.ts';
import { base64url, fixed, fixedId, localEntry, type Recipe, type Sealed, textOf, vector } from './make.ts';

const ageKey = fixed('K of the age vectors');

const ageEntry = (wrapped: string, key = recipient): JsonObject => ({ provider: 'age', key, wrapped });

const kmsEntry: JsonObject = {
  provider: 'aws-kms',
  key: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  wrapped: base64url(new Uint8Array(184)),
};

const good = ({ dataKey, id, context }: Sealed): JsonObject => localEntry(dataKey, id, context);

const four = (name: string, what: string, expect: Vector['expect'], recipe: Recipe): Vector =>
  vector(4, name, what, expect, recipe);

/** Nothing opens it; `attempts` says how its entries fail. */
function refused(
  name: string,
  what: string,
  keys: NonNullable<Recipe['keys']>,
  attempts: Vector['attempts'],
): Vector {
  return four(name, what, 'no-key-opens', { keys, attempts });
}

function edited(edit: (wrapped: Buffer) => Uint8Array): NonNullable<Recipe['keys']> {
  return (sealed) => {
    const entry = good(sealed);
    return [{ ...entry, wrapped: base64url(edit(Buffer.from(textOf(entry, 'wrapped'), 'base64url'))) }];
  };
}

function flipped(wrapped: Buffer, at: number): Uint8Array {
  const bytes = Uint8Array.from(wrapped);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

const damaged: Vector['attempts'] = ['key-damaged'];

/** Local wraps with something done to their bytes. */
const spoilt: Readonly<Record<string, [string, (wrapped: Buffer) => Uint8Array]>> = {
  salt: ['a bit of the salt', (wrapped) => flipped(wrapped, 0)],
  key: ['a bit of the encrypted K', (wrapped) => flipped(wrapped, 40)],
  tag: ['a bit of the tag', (wrapped) => flipped(wrapped, 79)],
  79: ['79 bytes', (wrapped) => wrapped.subarray(0, 79)],
  81: ['81 bytes', (wrapped) => Buffer.concat([wrapped, Uint8Array.of(0)])],
};

/** Local wraps of another kind. */
const others: Readonly<Record<string, [string, (sealed: Sealed) => JsonObject, Vector['attempts']]>> = {
  'other-labels': ['wrapped with other labels', ({ dataKey, id }) => localEntry(dataKey, id, {}), damaged],
  'other-id': [
    'wrapped for another id',
    ({ dataKey, context }) => localEntry(dataKey, fixedId('another'), context),
    damaged,
  ],
  'other-master': ['a local key that is not here', underAnother, []],
  renamed: [
    'another master passed off as ours',
    (sealed) => ({ ...underAnother(sealed), key: textOf(good(sealed), 'key') }),
    damaged,
  ],
};

function underAnother({ dataKey, id, context }: Sealed): JsonObject {
  return localEntry(dataKey, id, context, fixed('another master'));
}

function local(): Vector[] {
  return [
    four('local', 'a local wrap', 'ok', {}),
    four('local-no-labels', 'the context is the id alone', 'ok', { context: {} }),
    four('local-labels', 'six labels, the id among them in order', 'ok', {
      context: { Z: '1', a: '2', f: '3', e: '4', 'e-mail': '5', 'environment id': '6' },
    }),
    ...Object.entries(spoilt).map(([name, [what, edit]]) =>
      refused(`local-${name}`, what, edited(edit), damaged),
    ),
    ...Object.entries(others).map(([name, [what, entry, attempts]]) =>
      refused(`local-${name}`, what, (sealed) => [entry(sealed)], attempts),
    ),
  ];
}

function age(): Vector[] {
  const wrapped = (name: string, what: string, entry: JsonObject, attempts: Vector['attempts']): Vector =>
    four(name, what, 'no-key-opens', { dataKey: ageKey, keys: () => [entry], attempts });
  return [
    four('age', 'an age wrap', 'ok', { dataKey: ageKey, keys: () => [ageEntry(ageWraps.right)] }),
    wrapped('age-foreign-key', 'an age wrap of another envelope', ageEntry(ageWraps.foreignKey), [
      'key-wrong',
    ]),
    wrapped('age-31', 'an age file of 31 bytes', ageEntry(ageWraps.bytes31), ['key-damaged']),
    wrapped('age-33', 'an age file of 33 bytes', ageEntry(ageWraps.bytes33), ['key-damaged']),
    wrapped(
      'age-other-recipient',
      'an age file that our identity does not open',
      ageEntry(ageWraps.otherRecipient, otherRecipient),
      [],
    ),
    wrapped('age-passphrase', 'an age file under a passphrase', ageEntry(ageWraps.passphrase), [
      'key-damaged',
    ]),
    wrapped(
      'age-cut',
      'an age file that was cut',
      ageEntry(base64url(Buffer.from(ageWraps.right, 'base64url').subarray(0, -1))),
      ['key-damaged'],
    ),
    wrapped('age-armoured', 'an armoured age file', ageEntry(ageWraps.armoured), ['key-damaged']),
    wrapped('age-1025', 'more than 1024 bytes', ageEntry(base64url(new Uint8Array(1025))), ['key-damaged']),
    wrapped(
      'age-recipient-upper-case',
      'a recipient in upper case',
      ageEntry(ageWraps.right, recipient.toUpperCase()),
      ['key-damaged'],
    ),
  ];
}

/** An entry that is no use, before one that opens. */
function passedOver(): Vector[] {
  const entries: Readonly<Record<string, [string, (sealed: Sealed) => JsonValue]>> = {
    unknown: [
      'an entry of an unknown provider',
      () => ({ provider: 'vault', where: { is: ['it', 1, null] } }),
    ],
    'unknown-empty': ['an entry of a provider without a name', () => ({ provider: '' })],
    injected: ['an entry that somebody added', () => ageEntry(ageWraps.otherRecipient, otherRecipient)],
    'kms-first': ['a KMS entry first: the one without network is tried first', () => kmsEntry],
    'damaged-more': ['an entry with a member too many', (sealed) => ({ ...good(sealed), more: 0 })],
    'damaged-less': [
      'an entry without wrapped',
      () => ({ provider: 'local', key: 'local:AAAAAAAAAAAAAAAAAAAAAA' }),
    ],
    'damaged-key': ['an entry whose key is no key', () => ({ ...kmsEntry, key: 'alias/mine' })],
    'damaged-arn-line-feed': [
      'an ARN with a line feed',
      () => ({ ...kmsEntry, key: `${textOf(kmsEntry, 'key')}\n` }),
    ],
    'damaged-base64': [
      'an entry whose wrapped is not base64url',
      (sealed) => ({ ...good(sealed), wrapped: 'A' }),
    ],
    'damaged-types': [
      'an entry whose members are numbers',
      () => ({ provider: 'local', key: 1, wrapped: 2 }),
    ],
    'damaged-age': ['an age entry that is no age file', () => ageEntry('AAAA')],
  };
  return Object.entries(entries).map(([name, [what, entry]]) =>
    four(`entry-${name}`, `${what}, before one that opens`, 'ok', {
      keys: (sealed) => [entry(sealed), good(sealed)],
    }),
  );
}

const arn = (text: string): JsonObject => ({ ...kmsEntry, key: text });
const wrappedKey = (length: number): JsonObject => ({
  ...kmsEntry,
  wrapped: base64url(new Uint8Array(length)),
});

/** Names of keys and lengths that no key has: none of these entries is asked of anybody. */
function malformed(): Vector[] {
  const entries: Readonly<Record<string, [string, JsonObject]>> = {
    'kms-alias': ['the ARN of an alias', arn('arn:aws:kms:eu-central-1:111122223333:alias/mine')],
    'kms-partition': ['a partition that is none of AWS', arn('arn:gcp:kms:eu-central-1:111122223333:key/1')],
    'kms-service': ['an ARN of another service', arn('arn:aws:s3:eu-central-1:111122223333:key/1')],
    'kms-region': ['a region in upper case', arn('arn:aws:kms:EU-central-1:111122223333:key/1')],
    'kms-region-host': ['a region that is a host name', arn('arn:aws:kms:evil.test:111122223333:key/1')],
    'kms-account': ['an account of 11 digits', arn('arn:aws:kms:eu-central-1:11112222333:key/1')],
    'kms-id': ['a key id of 65 letters', arn(`arn:aws:kms:eu-central-1:111122223333:key/${'a'.repeat(65)}`)],
    'kms-empty': ['a wrapped key of 0 bytes', wrappedKey(0)],
    'kms-6145': ['a wrapped key of 6145 bytes', wrappedKey(6145)],
    'local-spare-bits': [
      'the name of a local key whose spare bits are not zero',
      { provider: 'local', key: `local:${'A'.repeat(21)}B`, wrapped: base64url(new Uint8Array(80)) },
    ],
    'age-recipient-short': ['a recipient of 57 letters', ageEntry(ageWraps.right, recipient.slice(0, -1))],
    'age-recipient-letter': [
      'a recipient with a letter that bech32 does not have',
      ageEntry(ageWraps.right, `${recipient.slice(0, -1)}b`),
    ],
  };
  return [
    ...Object.entries(entries).map(([name, [what, entry]]) => refused(name, what, () => [entry], damaged)),
    refused(
      'kms-stranger',
      'a KMS key, 6144 bytes, of an account that the settings do not name: it is not asked',
      () => [wrappedKey(6144)],
      ['account-unknown'],
    ),
  ];
}

export function keys(): Vector[] {
  return [...local(), ...age(), ...malformed(), ...passedOver()];
}

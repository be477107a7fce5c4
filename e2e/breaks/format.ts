/** @file Rules of FORMAT.md for bodies, envelopes and entries, as far as no other break is of them. */
import { breaksOf, type Sentence } from './sentence.ts';

const codec = 'electron/envelope/codec.ts';
const content = 'electron/envelope/content.ts';
const context = 'electron/envelope/context.ts';
const derive = 'electron/envelope/derive.ts';
const entries = 'electron/envelope/entries.ts';
const header = 'electron/envelope/header.ts';
const json = 'electron/envelope/json.ts';
const sizes = 'electron/stream/sizes.ts';

const sentences: readonly Sentence[] = [
  [
    'an empty segment may follow a full one',
    sizes,
    `if (k > 1 && lastLength < TAG_BYTES + 1) return undefined;`,
    `if (k > 1 && lastLength < TAG_BYTES) return undefined;`,
  ],
  [
    'an envelope may be larger than 1 MiB',
    codec,
    `MAX_ENVELOPE_BYTES = 1_048_576`,
    `MAX_ENVELOPE_BYTES = 1_048_577`,
  ],
  [
    'an envelope may not be as large as 1 MiB',
    codec,
    `MAX_ENVELOPE_BYTES = 1_048_576`,
    `MAX_ENVELOPE_BYTES = 1_048_575`,
  ],
  [
    'bytes that are not UTF-8 are read',
    json,
    `'utf-8', { fatal: true, ignoreBOM: true }`,
    `'utf-8', { ignoreBOM: true }`,
  ],
  ['a byte order mark is read over', json, `{ fatal: true, ignoreBOM: true }`, `{ fatal: true }`],
  ['numbers may be written in any way', json, `|| String(value) !== token) {`, `) {`],
  [
    'numbers may be negative',
    json,
    `Number.isSafeInteger(value) && value >= 0 &&`,
    `Number.isSafeInteger(value) &&`,
  ],
  ['numbers may be larger than 2^53-1', json, `Number.isSafeInteger(value)`, `Number.isInteger(value)`],
  ['nesting may be 9 deep', json, `MAX_NESTING = 8`, `MAX_NESTING = 9`],
  ['nesting may be only 7 deep', json, `MAX_NESTING = 8`, `MAX_NESTING = 7`],
  [
    'a member may be called __proto__',
    json,
    `    if (name === '__proto__') throw invalid('it has a member named __proto__');
`,
    ``,
  ],
  [
    'binary may be written in many ways',
    'electron/envelope/base64url.ts',
    `return encodeBase64url(bytes) === text ? bytes : undefined;`,
    `return bytes;`,
  ],
  [
    'objects may have more members',
    'electron/envelope/members.ts',
    `  if (tree.size !== names.length) throw`,
    `  if (tree.size < names.length) throw`,
  ],
  ['a newer format is not a valid envelope', codec, `throw newer('format');`, `throw invalid('its format');`],
  [
    'a newer cipher is not a valid envelope',
    header,
    `throw newer('cipher');`,
    `throw invalid('its cipher');`,
  ],
  ['a newer kind is not a valid envelope', content, `throw newer('kind');`, `throw invalid('its kind');`],
  ['there may be 33 keys', codec, `export const MAX_KEYS = 32;`, `export const MAX_KEYS = 33;`],
  ['there may be only 31 keys', codec, `export const MAX_KEYS = 32;`, `export const MAX_KEYS = 31;`],
  ['there may be no key', codec, `tree.length < 1 ||`, `tree.length < 0 ||`],
  ['any UUID may be an id', header, `-4[0-9a-f]{3}-[89ab]`, `-[0-9a-f]{4}-[0-9a-f]`],
  ['a body may begin with another byte', 'electron/stream/header.ts', ` || header[0] !== HEADER_BYTES`, ``],
  ['a MAC may have another length', codec, `mac?.length !== MAC_BYTES`, `mac === undefined`],
  [
    'days that do not exist are times',
    'electron/envelope/time.ts',
    `new Date(ms).toISOString() === text`,
    `ms > -1e17`,
  ],
  ['a mode may have more digits', 'electron/envelope/mode.ts', '/^0[0-7]{3}$/', '/^0[0-7]{3,4}$/'],
  ['there may be 7 labels', context, `MAX_LABELS = 6`, `MAX_LABELS = 7`],
  ['there may be only 5 labels', context, `MAX_LABELS = 6`, `MAX_LABELS = 5`],
  [
    'labels may be called as AWS’s own',
    context,
    `/^(?:aws:|aws-crypto-|envelope)/i`,
    `/^(?:aws-crypto-|envelope)/i`,
  ],
  ['labels may be called as ours', context, `/^(?:aws:|aws-crypto-|envelope)/i`, `/^(?:aws:|aws-crypto-)/i`],
  ['reserved labels are written small', context, `|envelope)/i`, `|envelope)/`],
  [
    'labels may differ only in case',
    context,
    `(seen.has(label.toLowerCase()) ? TWICE : undefined)`,
    `undefined`,
  ],
  ['a value may have 385 characters', context, `{1,384}$/`, `{1,385}$/`],
  [
    'a value may end in a space',
    context,
    `value.startsWith(' ') || value.endsWith(' ')`,
    `value.startsWith(' ')`,
  ],
  [
    'a value may begin with a space',
    context,
    `value.startsWith(' ') || value.endsWith(' ')`,
    `value.endsWith(' ')`,
  ],
  ['a name may have 256 bytes', 'electron/envelope/names.ts', `MAX_NAME_BYTES = 255`, `MAX_NAME_BYTES = 256`],
  [
    'marks that reorder text may stand in a name',
    'electron/envelope/names.ts',
    `\\u202A-\\u202E`,
    `\\u202A-\\u202D`,
  ],
  [
    'P may be padded with anything',
    'electron/envelope/hidden.ts',
    `if (Buffer.compare(padded(content), plaintext) !== 0) {`,
    `if (plaintext.length === 0) {`,
  ],
  [
    'a body is taken by its name alone',
    'electron/envelope/locate.ts',
    `return Buffer.compare(first, stream) === 0 ?`,
    `return first.length === HEADER_BYTES ?`,
  ],
  ['the commitment has another label', derive, `'envelope/1 salt'`, `'envelope/2 salt'`],
  ['the key of the MAC has another label', derive, `'envelope/1 mac'`, `'envelope/2 mac'`],
  ['the key of hidden content has another label', derive, `'envelope/1 content'`, `'envelope/2 content'`],
  [
    'an entry with more members is read',
    entries,
    `entry.size !== 3 || `,
    ``,
    'electron/envelope/entries.test.ts',
  ],
  [
    'an ARN may be of an alias',
    entries,
    `:key\\/[A-Za-z0-9-]{1,64}$/`,
    `:(?:key|alias)\\/[A-Za-z0-9-]{1,64}$/`,
    'electron/envelope/entries.test.ts',
  ],
  [
    'an account may have 11 digits',
    entries,
    `:[0-9]{12}:key`,
    `:[0-9]{11,12}:key`,
    'electron/envelope/entries.test.ts',
  ],
  [
    'a region may be a host name',
    entries,
    `:kms:[a-z]+(-[a-z]+)+-[0-9]{1,2}:`,
    `:kms:[a-z.-]+[0-9]{0,2}:`,
    'electron/envelope/entries.test.ts',
  ],
  [
    'a key id may have 65 letters',
    entries,
    `[A-Za-z0-9-]{1,64}$/`,
    `[A-Za-z0-9-]{1,65}$/`,
    'electron/envelope/entries.test.ts',
  ],
  ['a wrapped key of a KMS may have 6145 bytes', entries, `bytes: [1, 6144]`, `bytes: [1, 6145]`],
  ['a wrapped key of a KMS may have only 6143 bytes', entries, `bytes: [1, 6144]`, `bytes: [1, 6143]`],
  ['a local key may be spelt in many ways', entries, `{21}[AQgw]$/`, `{22}$/`],
  [
    'a recipient may be written large',
    entries,
    `/^age1[02-9ac-hj-np-z]{58}$/`,
    `/^age1[02-9ac-hj-np-z]{58}$/i`,
  ],
  ['a recipient may be shorter', entries, `[02-9ac-hj-np-z]{58}$/`, `[02-9ac-hj-np-z]{57,58}$/`],
  [
    'an age file may hold more than the data key',
    'electron/keys/age.ts',
    `new Uint8Array(DATA_KEY_BYTES + 1)`,
    `new Uint8Array(DATA_KEY_BYTES)`,
  ],
];

export const formatBreaks = breaksOf(sentences);

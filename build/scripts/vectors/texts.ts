/** @file Section 2: canonical text and the members of the envelope. */
import type { Vector } from '../../../e2e/vector.ts';
import type { JsonObject, JsonValue } from '../../../shared/envelope.ts';
import { type Recipe, base64url, localEntry, textOf, vector } from './make.ts';

const invalid = (name: string, what: string, recipe: Recipe): Vector =>
  vector(2, name, what, 'envelope-invalid', recipe);

const opens = (name: string, what: string, recipe: Recipe): Vector => vector(2, name, what, 'ok', recipe);

/** `from` stands in every plain envelope. */
const swap = (from: string, to: string): Recipe => ({ text: (text) => text.replace(from, () => to) });

const nested = (depth: number): JsonValue => (depth === 0 ? [] : [nested(depth - 1)]);

/** An entry of an unknown provider, so that the rest of it may be anything; the envelope is level 1, keys 2, it 3. */
const withOpaque = (value: JsonValue): Recipe => ({
  keys: ({ dataKey, id, context }) => [{ provider: 'later', value }, localEntry(dataKey, id, context)],
});

const indented = (text: string): string => `${JSON.stringify(JSON.parse(text), undefined, 2)}\n`;

/** What is not UTF-8, where nothing but the text forbids it. */
function notText(): Vector[] {
  return Object.entries({
    'not-utf8': ['an invalid sequence', Uint8Array.of(0xff)] as const,
    overlong: ['an overlong sequence', Uint8Array.of(0xc1, 0xa1)] as const,
    cesu: ['a surrogate in UTF-8', Uint8Array.of(0xed, 0xa0, 0x80)] as const,
  }).map(([name, [what, bytes]]) =>
    invalid(`text-${name}-opaque`, `${what} where anything may stand`, {
      ...withOpaque('anything'),
      ...swap2('anything', bytes),
    }),
  );
}

function spelling(): Vector[] {
  return [
    opens('text-as-written', 'as a writer sets it', { text: indented }),
    opens('text-crlf', 'a CRLF-converted envelope', {
      text: (text) => indented(text).replaceAll('\n', '\r\n'),
    }),
    opens('text-white-space', 'other white space', {
      text: (text) => ` \t\r\n${text.replaceAll('":', '"\t:\n')} `,
    }),
    opens('text-member-order', 'members in another order', {
      header: ({ id, ...rest }) => ({ ...rest, id: id ?? null }),
      envelope: ({ keys, ...rest }) => ({ keys: keys ?? null, ...rest }),
    }),
    opens('text-largest', 'exactly 1,048,576 bytes', { padTo: 1_048_576 }),
    invalid('text-too-large', 'one byte more', { padTo: 1_048_577 }),
    invalid('text-bom', 'a byte order mark', { text: (text) => `\uFEFF${text}` }),
    invalid('text-not-utf8', 'an invalid sequence', swap2('apollo', Uint8Array.of(0xc3, 0x28))),
    invalid('text-overlong', 'an overlong sequence', swap2('apollo', Uint8Array.of(0xc1, 0xa1))),
    invalid('text-cesu', 'a surrogate in UTF-8', swap2('apollo', Uint8Array.of(0xed, 0xa0, 0x80))),
    ...notText(),
    invalid('text-empty', 'nothing', { text: () => '' }),
    invalid('text-not-json', 'not JSON', { text: (text) => text.slice(0, -3) }),
    invalid('text-two-values', 'an object and something after it', { text: (text) => `${text}{}` }),
    invalid('text-list', 'a list', { text: (text) => `[${text}]` }),
    invalid('text-null', 'null', { text: () => 'null\n' }),
    invalid('text-comment', 'a comment', { text: (text) => `// hello\n${text}` }),
    invalid('text-trailing-comma', 'a comma too many', swap('"apollo"', '"apollo",')),
    invalid('text-form-feed', 'white space that JSON does not know', { text: (text) => `\f${text}` }),
    invalid('member-twice', 'a duplicate member', swap('"project"', '"project": "gemini", "project"')),
    invalid(
      'member-twice-escaped',
      'a duplicate member, escaped',
      swap('"project"', '"projec\\u0074": "gemini", "project"'),
    ),
    invalid('member-twice-top', 'keys twice', swap('"keys"', '"keys": [], "keys"')),
    invalid('string-escaped-letter', 'an escape where none is needed', swap('"apollo"', '"apoll\\u006f"')),
    invalid('string-escaped-slash', 'an escaped slash', swap('"envelope/1"', '"envelope\\/1"')),
    invalid('string-upper-case-escape', 'an escape in upper case', {
      ...withOpaque('\u001f'),
      text: (text) => text.replace('\\u001f', '\\u001F'),
    }),
    opens(
      'string-escapes',
      'every escape that serialising writes',
      withOpaque('\b\t\n\f\r"\\\u0000\u001f\u007f\u2028é😀'),
    ),
    invalid('string-surrogate', 'an unpaired surrogate', {
      ...withOpaque('X'),
      text: (text) => text.replace('"X"', '"\\ud800"'),
    }),
    invalid('string-escaped-pair', 'a pair of surrogates, escaped', {
      ...withOpaque('X'),
      text: (text) => text.replace('"X"', '"\\ud83d\\ude00"'),
    }),
  ];
}

/** The same with bytes that are not UTF-8. */
function swap2(from: string, bytes: Uint8Array): Recipe {
  return {
    text: (text) => {
      const at = text.indexOf(from);
      return Buffer.concat([
        Buffer.from(text.slice(0, at)),
        bytes,
        Buffer.from(text.slice(at + from.length)),
      ]);
    },
  };
}

const size = (spelt: string) => swap('"size":7', `"size":${spelt}`);

function numbers(): Vector[] {
  const spellings = ['7.0', '0.7e1', '7e0', '-0', '-7', '07', '7.5', '1e999', '9007199254740992'];
  const elsewhere = [
    '9007199254740992',
    '9007199254740993',
    '1.0',
    '-0',
    '-1',
    '0.5',
    '1E2',
    'NaN',
    'Infinity',
  ];
  return [
    ...spellings.map((spelt) => invalid(`number-size-${spelt}`, `size as ${spelt}`, size(spelt))),
    ...elsewhere.map((spelt) =>
      invalid(`number-${spelt}`, `${spelt} where anything may stand`, {
        ...withOpaque('X'),
        text: (text) => text.replace('"X"', spelt),
      }),
    ),
    opens('number-largest', '2^53-1 where anything may stand', withOpaque(Number.MAX_SAFE_INTEGER)),
    opens('scalars', 'null, true, false and 0 where anything may stand', withOpaque([null, true, false, 0])),
    invalid('size-string', 'size as a string', size('"7"')),
    invalid('size-true', 'size as true', size('true')),
  ];
}

function nesting(): Vector[] {
  return [
    opens('depth-8', 'nested 8 deep', withOpaque(nested(4))),
    invalid('depth-9', 'nested 9 deep', withOpaque(nested(5))),
    invalid('depth-400', 'nested 400 deep', { text: () => '['.repeat(400) + ']'.repeat(400) }),
    invalid('proto-label', 'a label named __proto__', swap('"project"', '"__proto__"')),
    invalid('proto-entry', 'a member __proto__ where anything may stand', {
      ...withOpaque('X'),
      text: (text) => text.replace('"X"', '{ "__proto__": {} }'),
    }),
    invalid('proto-top', 'one more member, __proto__', swap('"mac"', '"__proto__": {}, "mac"')),
  ];
}

const parts: Readonly<Record<string, (edit: (object: JsonObject) => JsonObject) => Recipe>> = {
  envelope: (envelope) => ({ envelope }),
  header: (header) => ({ header }),
  content: (edit) => ({ header: (header) => ({ ...header, content: edit(header.content as JsonObject) }) }),
};

const names: Readonly<Record<string, string[]>> = {
  envelope: ['header', 'mac', 'keys'],
  header: ['id', 'created', 'cipher', 'stream', 'content', 'context'],
  content: ['kind', 'name', 'size', 'modified', 'mode'],
};

const without = (object: JsonObject, member: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== member));

function members(): Vector[] {
  return Object.entries(parts).flatMap(([part, edit]) => [
    ...(names[part] ?? []).map((name) =>
      invalid(
        `${part}-without-${name}`,
        `${name} is missing`,
        edit((object) => without(object, name)),
      ),
    ),
    invalid(
      `${part}-with-more`,
      'a member that version 1 does not know',
      edit((object) => ({ ...object, more: 0 })),
    ),
  ]);
}

const made = (name: string, recipe: Recipe) =>
  vector(2, name, 'made by a newer version', 'envelope-newer', recipe);

function newer(): Vector[] {
  return [
    made('newer-format', { envelope: (envelope) => ({ ...envelope, format: 'envelope/2' }) }),
    made('newer-format-other-members', {
      envelope: () => ({ format: 'envelope/2', all: 'different', size: 1.5 }),
    }),
    made('newer-cipher', { header: (header) => ({ ...header, cipher: 'AES256_GCM_HKDF_2MB' }) }),
    made('newer-kind', {
      header: (header) => ({ ...header, content: { ...(header.content as JsonObject), kind: 'disk' } }),
    }),
    invalid('format-missing', 'format is missing', { envelope: (envelope) => without(envelope, 'format') }),
    invalid('format-number', 'format is not a string', {
      envelope: (envelope) => ({ ...envelope, format: 1 }),
    }),
  ];
}

export function texts(): Vector[] {
  return [...spelling(), ...numbers(), ...nesting(), ...members(), ...newer(), ...binaries()];
}

const again = (member: string, edit: (text: string) => string) => (object: JsonObject) => ({
  ...object,
  [member]: edit(textOf(object, member)),
});

const bytes = (text: string) => Buffer.from(text, 'base64url');

function binaries(): Vector[] {
  return [
    invalid('base64-padding', 'padding', { envelope: again('mac', (text) => `${text}=`) }),
    invalid('base64-spare-bits', 'spare bits that are not zero', {
      envelope: again('mac', (text) => text.slice(0, -1) + nextLetter(text.at(-1) ?? 'A')),
    }),
    invalid('base64-plus', 'the other alphabet', { envelope: again('mac', (text) => `+${text.slice(1)}`) }),
    invalid('mac-31', 'a MAC of 31 bytes', {
      envelope: again('mac', (text) => base64url(bytes(text).subarray(1))),
    }),
    invalid('mac-33', 'a MAC of 33 bytes', {
      envelope: again('mac', (text) => base64url(Buffer.concat([bytes(text), bytes('AA')]))),
    }),
    invalid('stream-39', 'stream is 39 bytes', {
      header: again('stream', (text) => base64url(bytes(text).subarray(0, 39))),
    }),
    invalid('stream-41', 'stream is 41 bytes', {
      header: again('stream', (text) => base64url(Buffer.concat([bytes(text), bytes('AA')]))),
    }),
    invalid('stream-first-byte', 'stream does not begin with 0x28', {
      header: again('stream', (text) =>
        base64url(Buffer.concat([Uint8Array.of(41), bytes(text).subarray(1)])),
      ),
    }),
  ];
}

/** The next letter of the alphabet: it differs in the last bits only. */
function nextLetter(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(letter) + 1] ?? letter;
}

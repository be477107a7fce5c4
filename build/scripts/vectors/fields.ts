/** @file Section 2: the members' values: name, times, mode, id, labels, and the list of keys. */
import type { Vector } from '../../../e2e/vector.ts';
import type { FileContent, JsonObject, JsonValue, Labels } from '../../../shared/envelope.ts';
import { type Recipe, localEntry, vector } from './make.ts';

const invalid = (name: string, what: string, recipe: Recipe): Vector =>
  vector(2, name, what, 'envelope-invalid', recipe);

const opens = (name: string, what: string, recipe: Recipe): Vector => vector(2, name, what, 'ok', recipe);

const point = (character: number): string => `U+${character.toString(16).toUpperCase().padStart(4, '0')}`;

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** What a name must not contain, surrogates apart. */
const offending = [
  ...range(0, 0x1f),
  0x7f,
  ...Buffer.from('/\\'),
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
];

const named = (name: string): Recipe => ({ content: { name } });

const surrogate = (text: string): Recipe => ({ text: (whole) => whole.replace('report.pdf', () => text) });

function names(): Vector[] {
  const fine: Record<string, string> = {
    'one-letter': 'a',
    'three-dots': '...',
    '255-bytes': 'ü'.repeat(127) + 'x',
    composed: 'caf\u00e9',
    decomposed: 'cafe\u0301',
    'beyond-the-basic-plane': '😀.pdf',
    'quotes-and-spaces': ' "a" <b> \'c\'. ',
    device: 'CON',
    'c1-control': 'a\u0085b',
    'line-separator': 'a\u2028b',
    'left-to-right-mark': 'a\u200eb',
    tilde: '~',
  };
  return [
    ...Object.entries(fine).map(([title, name]) =>
      opens(`name-${title}`, 'a name that is allowed', named(name)),
    ),
    ...offending.map((character) =>
      invalid(
        `name-${point(character)}`,
        `${point(character)} in the name`,
        named(`a${String.fromCodePoint(character)}b`),
      ),
    ),
    invalid('name-empty', 'an empty name', named('')),
    invalid('name-dot', 'the name .', named('.')),
    invalid('name-dot-dot', 'the name ..', named('..')),
    invalid('name-up', 'a path that leads out', named('../report.pdf')),
    invalid('name-256-bytes', '256 bytes', named('x'.repeat(256))),
    invalid('name-256-bytes-of-128-letters', '128 letters of 256 bytes', named('ü'.repeat(128))),
    invalid('name-high-surrogate', 'half of a pair', surrogate('a\\ud800b')),
    invalid('name-low-surrogate', 'the other half of a pair', surrogate('a\\udc00b')),
  ];
}

const modified = (text: string): Partial<FileContent> => ({ modified: text });

function times(): Vector[] {
  const fine = [
    '0000-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '2000-02-29T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ];
  const wrong: Record<string, string> = {
    'no-milliseconds': '2026-11-20T09:00:00Z',
    'another-zone': '2026-11-20T09:00:00.000+00:00',
    'month-13': '2026-13-20T09:00:00.000Z',
    'no-such-day': '2026-02-29T09:00:00.000Z',
    '1900-was-no-leap-year': '1900-02-29T09:00:00.000Z',
    'hour-24': '2026-11-20T24:00:00.000Z',
    'second-60': '2026-12-31T23:59:60.000Z',
    'line-feed': '2026-11-20T09:00:00.000Z\n',
    'other-digits': '２026-11-20T09:00:00.000Z',
  };
  return [
    ...fine.map((text) => opens(`time-${text}`, 'a time', { content: modified(text) })),
    ...Object.entries(wrong).map(([title, text]) =>
      invalid(`time-${title}`, 'not a time of the format', { content: modified(text) }),
    ),
    invalid('created-no-such-day', 'created on 31 June', {
      header: (header) => ({ ...header, created: '2026-06-31T09:00:00.000Z' }),
    }),
  ];
}

function modes(): Vector[] {
  return [
    ...['0000', '0777'].map((mode) => opens(`mode-${mode}`, 'permission bits', { content: { mode } })),
    ...['644', '00644', '0o644', '0648', '1755', '0644\n'].map((mode) =>
      invalid(`mode-${JSON.stringify(mode).slice(1, -1)}`, 'not permission bits of the format', {
        content: { mode },
      }),
    ),
  ];
}

function ids(): Vector[] {
  const wrong: Record<string, string> = {
    'upper-case': '0F6C2A7E-6F0E-4A53-9A55-0D1C5B0B6A11',
    'version-1': '0f6c2a7e-6f0e-1a53-9a55-0d1c5b0b6a11',
    variant: '0f6c2a7e-6f0e-4a53-ca55-0d1c5b0b6a11',
    short: '0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a1',
    braces: '{0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11}',
    'line-feed': '0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11\n',
  };
  return Object.entries(wrong).map(([title, id]) =>
    invalid(`id-${title}`, 'not an id of the format', { id }),
  );
}

const several = (count: number): Labels =>
  Object.fromEntries(range(1, count).map((number) => [`label ${String(number)}`, 'x']));

function labels(): Vector[] {
  const fine: Record<string, Labels> = {
    none: {},
    six: several(6),
    longest: { [`0${'_'.repeat(127)}`]: '~'.repeat(384) },
    digits: { 7: 'seven', a: 'letter', 10: 'ten' },
    'all-characters': { 'Az09 _.:/=+@-': '!" \\ ~' },
    'in-code-unit-order': { b: '1', 'a-b': '2', 'a b': '3', C: '4' },
    'aws-inside': { 'my-aws:x': '1', laws: '2', 'an-envelope': '3' },
  };
  const wrong: Record<string, Labels> = {
    seven: several(7),
    'empty-name': { '': 'x' },
    'name-129': { ['x'.repeat(129)]: 'x' },
    'name-begins-with-space': { ' a': 'x' },
    'name-begins-with-underscore': { _a: 'x' },
    'name-not-ascii': { é: 'x' },
    'name-line-feed': { 'a\n': 'x' },
    'same-but-for-case': { Project: 'a', project: 'b' },
    'reserved-aws': { 'aws:x': 'x' },
    'reserved-aws-upper-case': { 'AWS:x': 'x' },
    'reserved-aws-crypto': { 'aws-crypto-x': 'x' },
    'reserved-envelope': { Envelope: 'x' },
    'reserved-envelope-id': { 'envelope-id': 'x' },
    'empty-value': { a: '' },
    'value-385': { a: 'x'.repeat(385) },
    'value-begins-with-space': { a: ' x' },
    'value-ends-with-space': { a: 'x ' },
    'value-tab': { a: 'x\ty' },
    'value-delete': { a: 'x\u007f' },
    'value-not-ascii': { a: 'é' },
    'value-line-feed': { a: 'x\n' },
  };
  const typed: Record<string, JsonValue> = { list: [], number: { a: 1 }, object: { a: {} } };
  return [
    ...Object.entries(fine).map(([title, context]) =>
      opens(`labels-${title}`, 'labels that are allowed', { context }),
    ),
    ...Object.entries(wrong).map(([title, context]) =>
      invalid(`labels-${title}`, 'labels that are not allowed', { context }),
    ),
    ...Object.entries(typed).map(([title, context]) =>
      invalid(`labels-${title}`, 'context is not an object of strings', {
        header: (header) => ({ ...header, context }),
      }),
    ),
  ];
}

const repeated = (count: number): Recipe => ({
  keys: ({ dataKey, id, context }) => [
    ...range(2, count).map(() => ({ provider: 'x' })),
    localEntry(dataKey, id, context),
  ],
});

const extra = (entry: JsonValue): Recipe => ({
  keys: ({ dataKey, id, context }) => [entry, localEntry(dataKey, id, context)],
});

function keyLists(): Vector[] {
  return [
    opens('keys-32', '32 entries, only the last of which is known', repeated(32)),
    invalid('keys-33', '33 entries', repeated(33)),
    invalid('keys-none', 'no entry', { keys: () => [] }),
    invalid('keys-object', 'keys is not a list', {
      envelope: (envelope): JsonObject => ({ ...envelope, keys: {} }),
    }),
    invalid('keys-null', 'an entry is null', extra(null)),
    invalid('keys-string', 'an entry is a string', extra('local')),
    invalid('keys-list', 'an entry is a list', extra([])),
    invalid('keys-without-provider', 'an entry names no provider', extra({ key: 'x', wrapped: 'AA' })),
    invalid('keys-provider-number', "an entry's provider is a number", extra({ provider: 1 })),
  ];
}

export function fields(): Vector[] {
  return [...names(), ...times(), ...modes(), ...ids(), ...labels(), ...keyLists()];
}

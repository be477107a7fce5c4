import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../shared/envelope.ts';
import { parseEnvelope, replaceKeys, serialiseEnvelope } from './codec.ts';
import { newEntry, readEntry } from './entries.ts';
import { readJson, writeJson } from './json.ts';
import {
  bytesOf,
  notValid,
  parseChanged,
  parseText,
  refusalOf,
  sampleContent,
  sampleEntries,
  sampleEnvelope,
  sampleId,
  sampleText,
} from './sample.fixture.ts';

const text = sampleText();
const newerIn = (member: string): string =>
  `envelope-newer: its ${member} is one that this version does not know`;

describe('the bytes of an envelope', () => {
  it('are at most 1 MiB', () => {
    expect(parseText(text.padEnd(1_048_577))).toBe(notValid('it is larger than 1 MiB'));
    expect(parseText(text.padEnd(1_048_576))).toBe('accepted');
  });

  it('are UTF-8 without a byte order mark', () => {
    const latin1 = Buffer.from(text.replace('report.pdf', 'é'), 'latin1');
    expect(refusalOf(() => parseEnvelope(latin1))).toBe(notValid('it is not UTF-8'));
    expect(parseText(`\uFEFF${text}`)).toBe(notValid('it begins with a byte order mark'));
  });

  it.each([[''], ['{'], ['PK\u0003\u0004']])('are JSON: %j', (text) => {
    expect(parseText(text)).toBe(notValid('it is not JSON'));
  });

  it.each([['[]'], ['null'], ['1'], ['"envelope/1"'], ['["envelope/2"]']])('are one object: %s', (text) => {
    expect(parseText(text)).toBe(notValid('the envelope is not an object'));
  });

  it.each<[string, string, string]>([
    ['"id":', '"id": "x", "id":', 'it has the same member twice'],
    ['"project"', '"pro\\u006aect": "x", "project"', 'it has a string in an unusual spelling'],
    ['"project"', '"__proto__"', 'it has a member named __proto__'],
    ['1234567', '1234567.0', 'it has a number that is not a plain integer from 0 to 2^53-1'],
    ['1234567', '-0', 'it has a number that is not a plain integer from 0 to 2^53-1'],
    ['1234567', '1e2', 'it has a number that is not a plain integer from 0 to 2^53-1'],
    ['1234567', '9007199254740992', 'it has a number that is not a plain integer from 0 to 2^53-1'],
    ['report', '\\ud800', 'it has a string with half of a surrogate pair'],
    ['"local"', '"x", "y": [[[[[[0]]]]]]', 'it is nested deeper than 8'],
  ])('are canonical text: %s to %s', (from, to, reason) => {
    expect(parseText(text.replace(from, to))).toBe(notValid(reason));
  });

  it('may have other white space, such as CRLF', () => {
    const envelope = parseEnvelope(bytesOf(text));
    expect(parseEnvelope(bytesOf(text.replaceAll('\n', '\r\n')))).toEqual(envelope);
    expect(parseEnvelope(bytesOf(`\n\t${JSON.stringify(JSON.parse(text))}`))).toEqual(envelope);
  });
});

describe('made by a newer version', () => {
  it('is judged by format first, whatever else there is', () => {
    expect(parseChanged((envelope) => (envelope.format = 'envelope/2'))).toBe(newerIn('format'));
    expect(parseChanged((envelope) => (envelope.format = ''))).toBe(newerIn('format'));
    expect(parseText('{"format":"envelope/2"}')).toBe(newerIn('format'));
    expect(parseText('{"x":[1.5,-1,"\\u0061",[[[[[[[[[0]]]]]]]]]],"format":"tomorrow"}')).toBe(
      newerIn('format'),
    );
  });

  it('is judged by cipher and kind before the members around them', () => {
    expect(parseChanged(({ header }) => (header.cipher = 'AES256_GCM_SIV_1MB'))).toBe(newerIn('cipher'));
    expect(parseChanged((envelope) => (envelope.header = { cipher: 'x' } as never))).toBe(newerIn('cipher'));
    expect(parseChanged(({ header }) => (header.content.kind = 'volume'))).toBe(newerIn('kind'));
    expect(parseChanged(({ header }) => (header.content = { kind: 'link', to: 'x' }))).toBe(newerIn('kind'));
  });

  it.each([[1], [null], [['envelope/1']], [{}], [true]])(
    'is not said of a format, cipher or kind %j',
    (value) => {
      expect(parseChanged((envelope) => (envelope.format = value))).toMatch(/^envelope-invalid/);
      expect(parseChanged(({ header }) => (header.cipher = value))).toMatch(/^envelope-invalid/);
      expect(parseChanged(({ header }) => (header.content.kind = value))).toMatch(/^envelope-invalid/);
    },
  );
});

const entries = (count: number) => Array.from({ length: count }, () => ({ provider: 'x' }));
const sealedTo = (count: number): Envelope => ({
  ...sampleEnvelope(),
  keys: Array.from({ length: count }, () => newEntry(sampleEntries.age)),
});

describe('keys', () => {
  it.each([[0], [33]])('does not have %d entries, read or written', (count) => {
    expect(parseChanged((envelope) => (envelope.keys = entries(count)))).toBe(
      notValid('keys does not have 1 to 32 entries'),
    );
    expect(refusalOf(() => serialiseEnvelope(sealedTo(count)))).toBe(
      notValid('keys does not have 1 to 32 entries'),
    );
  });

  it('may have 32 entries', () => {
    expect(parseChanged((envelope) => (envelope.keys = entries(32)))).toBe('accepted');
    expect(refusalOf(() => serialiseEnvelope(sealedTo(32)))).toBe('accepted');
  });

  it.each([[{}], ['local'], [null], [{ provider: 1 }], [[]]])('does not hold %j', (entry) => {
    expect(parseChanged((envelope) => envelope.keys.push(entry))).toBe(
      notValid('an entry of keys names no provider'),
    );
  });

  it('keeps damaged and unknown entries to the letter, whatever the order of members', () => {
    const entries = [
      '{"z":[1,{"b":null,"a":true}],"10":"ten","9":"nine","provider":"future-kms","key":5}',
      '{"wrapped":"AA==","provider":"aws-kms","2":"b","1":"a"}',
    ];
    const keys = [...entries.map((entry) => readEntry(readJson(entry))), newEntry(sampleEntries.local)];
    const bytes = serialiseEnvelope({ ...sampleEnvelope(), keys });
    const again = parseEnvelope(bytes);
    expect(again.keys.map(({ state }) => state)).toEqual(['unknown', 'damaged', 'known']);
    expect(serialiseEnvelope(again)).toEqual(bytes);
    const compact = new TextDecoder().decode(bytes).replaceAll(/\s/g, '');
    for (const entry of entries) expect(compact).toContain(entry);
  });
});

const written = (changes: Partial<Envelope['header']>) =>
  refusalOf(() => serialiseEnvelope(sampleEnvelope(changes)));

describe('the writer', () => {
  it('writes two-space indent, LF, one LF at the end, members in the order of the format', () => {
    const { header, mac, keys } = sampleEnvelope();
    const backwards = Object.fromEntries(Object.entries(header).toReversed()) as typeof header;
    const lines = new TextDecoder().decode(serialiseEnvelope({ keys, mac, header: backwards }));
    expect(lines).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(lines.split('\n').slice(0, 5)).toEqual([
      '{',
      '  "format": "envelope/1",',
      '  "header": {',
      `    "id": "${sampleId}",`,
      '    "created": "2026-11-23T16:20:00.000Z",',
    ]);
  });

  it('refuses what no reader would accept', () => {
    expect(written({ content: { ...sampleContent, name: 'a/b' } })).toMatch(/its name is not/);
    expect(written({ content: { ...sampleContent, modified: 'today' } })).toMatch(/its modified is not/);
    expect(written({ context: { aws: ' ' } })).toMatch(/begins or ends with a space/);
    expect(refusalOf(() => serialiseEnvelope({ ...sampleEnvelope(), mac: new Uint8Array(31) }))).toMatch(
      /its mac/,
    );
  });

  it('refuses more than 1 MiB', () => {
    const raw = writeJson({ provider: 'x', more: 'x'.repeat(1 << 20) });
    const keys: Envelope['keys'] = [{ state: 'unknown', provider: 'x', raw }];
    expect(refusalOf(() => serialiseEnvelope({ ...sampleEnvelope(), keys }))).toBe(
      notValid('it is larger than 1 MiB'),
    );
  });

  it('takes an entry whose raw text says something else for a bug', () => {
    const { raw } = newEntry(sampleEntries.local);
    for (const entry of [
      { state: 'known', raw, ...sampleEntries.age },
      { state: 'known', raw, ...sampleEntries.local, wrapped: new Uint8Array(80).fill(1) },
      { state: 'unknown', raw, provider: 'local' },
      { state: 'known', raw, ...sampleEntries.local, key: sampleEntries.local.key.replace('A', 'B') },
    ] as const) {
      expect(() => serialiseEnvelope({ ...sampleEnvelope(), keys: [entry] })).toThrow('raw text');
    }
  });
});

describe('other keys for an envelope', () => {
  const envelope = sampleEnvelope({ context: { keys: '"keys": [', k2: ']}' } });
  const members = JSON.parse(new TextDecoder().decode(serialiseEnvelope(envelope)));

  it.each([
    [['format', 'header', 'mac', 'keys'], ','],
    [['keys', 'mac', 'header', 'format'], ' ,\r\n\t'],
    [['header', 'keys', 'format', 'mac'], ',\n'],
  ])('leave every byte outside of them: %j', (order, comma) => {
    const textWith = (keys: string) => {
      const value = (name: string) => (name === 'keys' ? keys : JSON.stringify(members[name]));
      return ` { ${order.map((name) => `"${name}" :  ${value(name)}`).join(comma)} } `;
    };
    const before = bytesOf(textWith('[{"provider":"newer","keys":[1]}]'));
    const keys = [envelope.keys[1]!, newEntry(sampleEntries.age)];
    const list = keys.map(({ raw }) => readJson(raw));
    expect(new TextDecoder().decode(replaceKeys(before, keys))).toBe(textWith(writeJson(list, '  ', '  ')));
  });

  it('are 1 to 32', () => {
    const many = Array.from({ length: 33 }, () => newEntry(sampleEntries.local));
    for (const keys of [[], many]) {
      expect(refusalOf(() => replaceKeys(bytesOf(text), keys))).toBe(
        notValid('keys does not have 1 to 32 entries'),
      );
    }
  });
});

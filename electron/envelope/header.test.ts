import { describe, expect, it } from 'vitest';
import { encodeBase64url } from './base64url.ts';
import { readJson, writeJson } from './json.ts';
import {
  type Json,
  notValid,
  parseChanged,
  parseText,
  type PlainEnvelope,
  sampleId,
  samplePlain,
  sampleStream,
  sampleText,
} from './sample.fixture.ts';

const objects: Record<string, [(envelope: PlainEnvelope) => Json, string[]]> = {
  'the envelope': [(envelope) => envelope, ['format', 'header', 'mac', 'keys']],
  header: [({ header }) => header, ['id', 'created', 'cipher', 'stream', 'content', 'context']],
  content: [({ header }) => header.content, ['kind', 'name', 'size', 'modified', 'mode']],
};

describe('members', () => {
  const cases = Object.entries(objects).flatMap(([what, [, names]]) =>
    names.map((name) => [what, name] as const),
  );

  it.each(cases)('%s without %s is refused', (what, name) => {
    const object = objects[what]![0];
    expect(parseChanged((envelope) => delete object(envelope)[name])).toBe(
      notValid(`${what} has no member ${name}`),
    );
  });

  it.each(cases)('%s with a %s of another type is refused', (what, name) => {
    const object = objects[what]![0];
    for (const value of [null, true, 7, 'x', [], ['x'], {}, { x: 1 }]) {
      const original = object(samplePlain())[name];
      const isOfType = typeof value === typeof original && Array.isArray(value) === Array.isArray(original);
      if (isOfType && (name === 'size' || name === 'context' || name === 'name')) continue;
      const refusal = parseChanged((envelope) => (object(envelope)[name] = value));
      expect(refusal).toMatch(
        isOfType && /format|cipher|kind/.test(name) ? /^envelope-newer/ : /^envelope-invalid/,
      );
    }
  });

  it.each(Object.keys(objects))('%s with one more is refused', (what) => {
    const object = objects[what]![0];
    for (const name of ['comment', '', 'constructor', '0']) {
      expect(parseChanged((envelope) => (object(envelope)[name] = 'x'))).toBe(
        notValid(`${what} has a member that version 1 does not know`),
      );
    }
  });

  it('may stand in any order', () => {
    const reversed = readJson(sampleText()) as ReadonlyMap<string, never>;
    expect(parseText(writeJson(new Map([...reversed].toReversed())))).toBe('accepted');
  });
});

describe('the header refuses', () => {
  it.each([
    [''],
    [sampleId.toUpperCase()],
    [sampleId.replaceAll('-', '')],
    [sampleId.replace('4a53', '1a53')],
    [sampleId.replace('9a55', '7a55')],
    [`${sampleId}\n`],
    [`{${sampleId}}`],
    [`../${sampleId}`],
  ])('the id %j', (id) => {
    expect(parseChanged(({ header }) => (header.id = id))).toBe(
      notValid('its id is not as the format demands'),
    );
  });

  it.each([['2026-02-31T00:00:00.000Z'], ['2026-11-23T16:20:00Z'], ['now']])('the time %s', (time) => {
    expect(parseChanged(({ header }) => (header.created = time))).toMatch(/its created is not/);
    expect(parseChanged(({ header }) => (header.content.modified = time))).toMatch(/its modified is not/);
  });

  it.each([
    ['39 bytes', encodeBase64url(sampleStream().subarray(0, 39))],
    ['41 bytes', encodeBase64url(Uint8Array.of(...sampleStream(), 0))],
    ['a first byte that is not 0x28', encodeBase64url(sampleStream().fill(0x29, 0, 1))],
    ['standard base64', `${encodeBase64url(sampleStream()).slice(0, -4)}+/==`],
    ['bits that mean nothing', `${encodeBase64url(sampleStream()).slice(0, -1)}x`],
  ])('a stream of %s', (_, stream) => {
    expect(parseChanged(({ header }) => (header.stream = stream))).toMatch(/its stream is not/);
  });

  it.each([
    ['.'],
    ['..'],
    [''],
    ['a/b'],
    ['a\\b'],
    ['a\u0000'],
    ['a\u007F'],
    ['\u202Etxt.exe'],
    ['\u2066'],
    ['é'.repeat(128)],
  ])('the name %j', (name) => {
    expect(parseChanged(({ header }) => (header.content.name = name))).toMatch(/its name is not/);
  });

  it.each([['644'], ['1777'], ['0888'], ['rw-']])('the mode %s', (mode) => {
    expect(parseChanged(({ header }) => (header.content.mode = mode))).toMatch(/its mode is not/);
  });

  it.each<[Json, string]>([
    [{ 'envelope-id': 'x' }, 'reserved'],
    [{ a: '' }, 'printable ASCII'],
    [{ a: ' x' }, 'begins or ends with a space'],
    [{ a: 1 }, 'not a string'],
    [{ a: { b: 'c' } }, 'not a string'],
    [{ a: 'x', A: 'y' }, 'upper and lower case'],
    [{ '': 'x' }, '1 to 128 letters'],
    [{ a: 'x', b: 'x', c: 'x', d: 'x', e: 'x', f: 'x', g: 'x' }, 'more than 6'],
  ])('the labels %j', (labels, reason) => {
    const refusal = parseChanged(({ header }) => (header.context = labels));
    expect(refusal).toMatch(/^envelope-invalid/);
    expect(refusal).toContain(reason);
  });

  it.each<[string, Json]>([
    ['a member more', { hidden: encodeBase64url(new Uint8Array(1052)), kind: 'file' }],
    ['a byte less', { hidden: encodeBase64url(new Uint8Array(1051)) }],
    ['a byte more', { hidden: encodeBase64url(new Uint8Array(1053)) }],
    ['padding', { hidden: `${encodeBase64url(new Uint8Array(1052))}=` }],
    ['a number', { hidden: 1 }],
  ])('hidden content with %s', (_, content) => {
    expect(parseChanged(({ header }) => (header.content = content))).toMatch(/^envelope-invalid/);
  });

  it.each([[31], [33], [0]])('a mac of %d bytes', (length) => {
    const mac = encodeBase64url(new Uint8Array(length));
    expect(parseChanged((envelope) => (envelope.mac = mac))).toBe(
      notValid('its mac is not 32 bytes of base64url'),
    );
  });
});

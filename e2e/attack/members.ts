/**
 * @file Changes of what an envelope says, written down as the codec would write them, so that they get past the reader's
 * first walls; and texts that no writer makes.
 */
import { oneOf, pick, type Random } from './bytes.ts';

type Json = Record<string, unknown>;
type Parts = { format: unknown; header: Json; mac: unknown; keys: Json[] };

/** A change of `envelope` in place; `other` is another envelope, which is not changed. */
export type MemberChange = (envelope: Parts, random: Random, other: Parts) => void;

/** Names that lead elsewhere, look like others, or that a system does not hold. */
export const NAMES = [
  '../climbed',
  '..',
  '.',
  'a/b',
  '/etc/passwd',
  'a\\b',
  '..\\..\\climbed',
  'C:\\x',
  'nul\u0000',
  '\u202efdp.exe',
  '\u2066x',
  'tab\there',
  '',
  'x'.repeat(256),
  '\ud800',
  'line\nbreak',
  'report.pdf ',
  '~',
  '%2e%2e%2fx',
] as const;

const content = ({ header }: Parts): Json => (header['content'] ?? {}) as Json;
const LARGE = [0, 1, -1, 2 ** 31, 2 ** 53, 2 ** 53 - 1, 1e308, 0.5, -0, '12', null, [], true];

export const memberChanges: Readonly<Record<string, MemberChange>> = {
  'another name': (envelope, random) => void (content(envelope)['name'] = oneOf(random, NAMES)),
  'a look-alike name': (envelope) => void (content(envelope)['name'] = 'rероrt.pdf'),
  'another size': (envelope, random) => void (content(envelope)['size'] = oneOf(random, LARGE)),
  'another mode': (envelope, random) =>
    void (content(envelope)['mode'] = oneOf(random, ['0777', '4755', '0', 511, ''])),
  'another time': (envelope, random) =>
    void (content(envelope)['modified'] = oneOf(random, [
      '1970-01-01T00:00:00.000Z',
      '0',
      'x',
      5,
      '+10000-01-01T00:00:00.000Z',
    ])),
  'another kind': (envelope) =>
    void (content(envelope)['kind'] = content(envelope)['kind'] === 'file' ? 'folder' : 'file'),
  'hidden content for open': (envelope, _random, other) =>
    void (envelope.header['content'] = other.header['content']),
  'a member more': (envelope, random) =>
    void (oneOf(random, [envelope as Json, envelope.header, content(envelope)])['body'] = '../../other.enc'),
  'a prototype': (envelope) => {
    Object.defineProperty(envelope.header, '__proto__', { value: { admin: true }, enumerable: true });
  },
  'a member less': (envelope, random) => {
    const from = oneOf(random, [envelope as Json, envelope.header, content(envelope)]);
    delete from[oneOf(random, Object.keys(from))];
  },
  'a member of another type': (envelope, random) => {
    const from = oneOf(random, [envelope as Json, envelope.header, content(envelope)]);
    from[oneOf(random, Object.keys(from))] = oneOf(random, LARGE);
  },
  'another id': (envelope, _random, other) => void (envelope.header['id'] = other.header['id']),
  'another stream': (envelope, _random, other) => void (envelope.header['stream'] = other.header['stream']),
  'other labels': (envelope, random) =>
    void (envelope.header['context'] = oneOf(random, [
      {},
      { project: 'x' },
      { 'aws:x': 'y' },
      { Project: 'a', project: 'b' },
      { a: ' ' },
    ])),
  'another MAC': (envelope, _random, other) => void (envelope.mac = other.mac),
  'another format': (envelope, random) =>
    void (envelope.format = oneOf(random, ['envelope/2', 'envelope/1 ', 'Envelope/1', 1])),
  'another cipher': (envelope, random) =>
    void (envelope.header['cipher'] = oneOf(random, ['AES128_GCM_HKDF_1MB', 'none', 7])),
  "another's wrapped key": (envelope, _random, other) => void (envelope.keys = other.keys),
  'wrapped keys of others before': (envelope, _random, other) => void envelope.keys.unshift(...other.keys),
  'a key repeated': (envelope, random) => {
    envelope.keys = Array.from({ length: 1 + pick(random, 40) }, () => ({ ...envelope.keys[0] }));
  },
  'no keys': (envelope) => void (envelope.keys = []),
  'a key of nobody': (envelope, random) =>
    void envelope.keys.unshift({
      provider: oneOf(random, ['hsm', '', 'AGE', 'constructor']),
      key: '../x',
      wrapped: 'AA',
    }),
  'a key renamed': (envelope) =>
    void (envelope.keys[0] = { ...envelope.keys[0], key: 'local:AAAAAAAAAAAAAAAAAAAAAA' }),
  "a stranger's KMS key": (envelope) => {
    const key = 'arn:aws:kms:eu-central-1:999999999999:key/00000000-0000-4000-8000-000000000000';
    envelope.keys = [{ provider: 'aws-kms', key, wrapped: 'AAAA' }];
  },
};

/** Texts about which two readers might disagree. */
export const textChanges: Readonly<Record<string, (text: string, random: Random) => string | Buffer>> = {
  'a member twice': (text, random) => {
    const lines = text.split('\n');
    const at = 1 + pick(random, lines.length - 3);
    const line = lines[at] ?? '';
    lines.splice(at, 0, line.endsWith(',') || line.endsWith('{') ? line : `${line},`);
    return lines.join('\n');
  },
  'a number spelt otherwise': (text) => text.replace(/"size": (\d+)/, '"size": $1e0'),
  'a string spelt otherwise': (text) => text.replace('"project"', '"pr\\u006fject"'),
  'nested deep': (text, random) =>
    text.replace('"context": {', `"x": ${'['.repeat(pick(random, 9000))}, "context": {`),
  'a byte order mark': (text) => `\ufeff${text}`,
  'bad UTF-8': (text, random) => {
    const bytes = Buffer.from(text);
    bytes[pick(random, bytes.length)] = oneOf(random, [0xff, 0xc0, 0xed, 0x80]);
    return bytes;
  },
  'half a surrogate': (text) => text.replace('"name": "', '"name": "\\ud800'),
  'a megabyte of space': (text) => text + ' '.repeat(1_048_576),
  'other white space': (text) => text.replaceAll('\n', '\r\n'),
  'a second object': (text) => text + text,
  'no object': (_text, random) =>
    oneOf(random, ['', 'null', '[]', '"x"', '0', '{}', '{"format":"envelope/1"}']),
};

/** @file The envelope's text (FORMAT.md section 2): what the codec accepts is canonical, and comes out as it went in. */
import { isDeepStrictEqual } from 'node:util';
import { parseEnvelope, replaceKeys, serialiseEnvelope } from '../../../electron/envelope/codec.ts';
import { isEnvelopeError } from '../../../shared/errors.ts';
import type { Envelope } from '../../../shared/envelope.ts';
import { readVectors } from '../../vector.ts';
import { must, type Target } from '../target.ts';

const words = [
  '"format"',
  '"header"',
  '"keys"',
  '"mac"',
  '"context"',
  '"hidden"',
  '"stream"',
  '"__proto__"',
  '"envelope-id"',
  '"provider"',
  '"aws-kms"',
  '"local"',
  '"age"',
  '"wrapped"',
  'envelope/2',
  'arn:aws-cn:kms:',
  'mrk-',
  '\\u0000',
  '\\ud83d\\ude00',
  '\u00e9',
  '\xf0\x9f\x98\x80',
  '\xed\xa0\x80',
  '9007199254740991',
  '-0',
  '1e0',
  'null',
  '[[[[[[[[[',
  '{}',
  ',',
  '\r\n',
];

function parsed(bytes: Uint8Array): Envelope | undefined {
  try {
    return parseEnvelope(bytes);
  } catch (error) {
    if (isEnvelopeError(error, 'envelope-invalid') || isEnvelopeError(error, 'envelope-newer'))
      return undefined;
    throw error;
  }
}

/** The rule of section 2 as it is written there, by other means than the codec's. */
function isCanonical(text: string): boolean {
  const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"|[ \t\r\n]+/g, (found) =>
    found.startsWith('"') ? found : '',
  );
  // A JavaScript object puts members that look like numbers first: of such a text this cannot judge.
  return /"\d+":/.test(bare) || JSON.stringify(JSON.parse(text)) === bare;
}

function run(bytes: Uint8Array): boolean {
  const envelope = parsed(bytes);
  if (envelope === undefined) return false;
  must(isCanonical(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), 'what is accepted is canonical');
  const written = serialiseEnvelope(envelope);
  must(isDeepStrictEqual(parseEnvelope(written), envelope), 'written and read it is the same');
  must(
    Buffer.compare(serialiseEnvelope(parseEnvelope(written)), written) === 0,
    'written twice it is the same',
  );
  const rewritten = parseEnvelope(replaceKeys(bytes, envelope.keys));
  must(isDeepStrictEqual(rewritten, envelope), 'with its own keys it is the same');
  return true;
}

const seeds = (): readonly Uint8Array[] =>
  readVectors()
    .vectors.filter((vector) => vector.section === 2 && 'envelope' in vector && vector.envelope.length < 4000)
    .map((vector) => Buffer.from('envelope' in vector ? vector.envelope : ''));

export const envelope: Target = { name: 'envelope', watched: ['/electron/envelope/'], seeds, words, run };

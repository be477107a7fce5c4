/** @file The envelope as bytes and as data (FORMAT.md section 2). */
import type { Envelope, KeyEntry } from '../../shared/envelope.ts';
import { encodeBase64url, readBase64url } from './base64url.ts';
import { readEntry } from './entries.ts';
import { readHeader } from './header.ts';
import { invalid, newer } from './invalid.ts';
import {
  decodeUtf8,
  type JsonTree,
  parseJson,
  readJson,
  readParsed,
  spanOfMember,
  writeJson,
} from './json.ts';
import { exactMembers } from './members.ts';

/** An envelope is never larger. */
export const MAX_ENVELOPE_BYTES = 1_048_576;

const FORMAT = 'envelope/1';
const MAC_BYTES = 32;
/** Entries of `keys`; there is at least one. */
export const MAX_KEYS = 32;

/**
 * Reads an envelope. Nothing in it is verified: that takes the data key.
 * @throws EnvelopeError `envelope-newer`, or `envelope-invalid` with `details.reason` in plain words
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length > MAX_ENVELOPE_BYTES) throw invalid('it is larger than 1 MiB');
  const text = decodeUtf8(bytes);
  judgeFormat(parseJson(text));
  const envelope = exactMembers(readParsed(text), ['format', 'header', 'mac', 'keys'], 'the envelope');
  if (envelope.get('format') !== FORMAT) throw invalid('its format is not a string');
  return {
    header: readHeader(envelope.get('header')),
    mac: readMac(envelope.get('mac')),
    keys: readKeys(envelope.get('keys')),
  };
}

/** `format` is judged first: what a newer version means by the rest, even how it spells numbers, is not for us to say. */
function judgeFormat(value: unknown): void {
  if (typeof value !== 'object' || value === null || !('format' in value)) return;
  if (typeof value.format === 'string' && value.format !== FORMAT) throw newer('format');
}

function readMac(text: JsonTree | undefined): Uint8Array {
  const mac = typeof text === 'string' ? readBase64url(text) : undefined;
  if (mac?.length !== MAC_BYTES) throw invalid('its mac is not 32 bytes of base64url');
  return mac;
}

function readKeys(tree: JsonTree | undefined): KeyEntry[] {
  if (!Array.isArray(tree)) throw invalid('keys is not a list');
  if (tree.length < 1 || tree.length > MAX_KEYS) throw invalid('keys does not have 1 to 32 entries');
  return tree.map(readEntry);
}

/**
 * Writes an envelope: two-space indent, LF, one LF at the end, every entry of `keys` with the members it was read with,
 * in their order. What was written is read back, so that nothing leaves that a reader would refuse.
 * @throws EnvelopeError `envelope-invalid`, such as for no keys, for a 33rd, and beyond 1 MiB
 */
export function serialiseEnvelope({ header, mac, keys }: Envelope): Uint8Array {
  const { id, created, cipher, stream, content, context } = header;
  const text = writeJson(
    {
      format: FORMAT,
      header: { id, created, cipher, stream, content, context },
      mac: encodeBase64url(mac),
      keys: keys.map((entry) => readJson(entry.raw)),
    },
    '  ',
  );
  return readBack(`${text}\n`, keys);
}

/**
 * The text of an envelope that {@link parseEnvelope} has accepted, with other `keys`: outside of them every byte stays.
 * @throws EnvelopeError as {@link serialiseEnvelope}
 */
export function replaceKeys(bytes: Uint8Array, keys: readonly KeyEntry[]): Uint8Array {
  const text = decodeUtf8(bytes);
  const { start, end } = spanOfMember(text, 'keys');
  const list = writeJson(
    keys.map((entry) => readJson(entry.raw)),
    '  ',
    '  ',
  );
  return readBack(text.slice(0, start) + list + text.slice(end), keys);
}

/** `text` as bytes that a reader accepts, with exactly `keys`. */
function readBack(text: string, keys: readonly KeyEntry[]): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const written = parseEnvelope(bytes);
  if (!written.keys.every((entry, index) => isSame(entry, keys[index]))) {
    throw new Error('an entry whose raw text says something else');
  }
  return bytes;
}

function isSame(a: KeyEntry, b: KeyEntry | undefined): boolean {
  if (a.state !== b?.state || a.provider !== b.provider) return false;
  if (a.state !== 'known' || b.state !== 'known') return true;
  return a.key === b.key && Buffer.compare(a.wrapped, b.wrapped) === 0;
}

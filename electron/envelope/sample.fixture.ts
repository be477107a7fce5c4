/** @file What the tests of this folder seal: one envelope of each kind, always the same. */
import type { Envelope, FileContent, Header } from '../../shared/envelope.ts';
import { type ErrorCode, isEnvelopeError } from '../../shared/errors.ts';
import { DataKey } from '../keys/data-key.ts';
import { writeStreamHeader } from '../stream/header.ts';
import { encodeBase64url } from './base64url.ts';
import { parseEnvelope, serialiseEnvelope } from './codec.ts';
import { commitmentSalt, macOf } from './derive.ts';
import { newEntry } from './entries.ts';

export const sampleId = '0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11';

export const sampleContent: FileContent = {
  kind: 'file',
  name: 'report.pdf',
  size: 1234567,
  modified: '2026-11-20T09:00:00.000Z',
  mode: '0644',
};

/** K of every sample: bytes 0 to 31. */
export function sampleKey(): DataKey {
  return DataKey.take(Uint8Array.from({ length: 32 }, (_, index) => index));
}

/** The first 40 bytes of the sample's body. */
export function sampleStream(id = sampleId): Uint8Array {
  using key = sampleKey();
  return writeStreamHeader(commitmentSalt(key, id), new Uint8Array(7).fill(7));
}

export function sampleHeader(changes: Partial<Header> = {}): Header {
  return {
    id: sampleId,
    created: '2026-11-23T16:20:00.000Z',
    cipher: 'AES256_GCM_HKDF_1MB',
    stream: encodeBase64url(sampleStream(changes.id)),
    content: sampleContent,
    context: { project: 'apollo' },
    ...changes,
  };
}

export const sampleEntries = {
  kms: {
    provider: 'aws-kms',
    key: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    wrapped: new Uint8Array(184).fill(1),
  },
  local: {
    provider: 'local',
    key: `local:${encodeBase64url(new Uint8Array(16).fill(2))}`,
    wrapped: new Uint8Array(80),
  },
  age: {
    provider: 'age',
    key: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
    wrapped: new Uint8Array(300).fill(3),
  },
} as const;

/** The sample, its MAC made for whatever the header is. */
export function sampleEnvelope(changes: Partial<Header> = {}): Envelope {
  using key = sampleKey();
  const header = sampleHeader(changes);
  return {
    header,
    mac: macOf(key, header),
    keys: Object.values(sampleEntries).map((entry) => newEntry(entry)),
  };
}

export function sampleText(): string {
  return new TextDecoder().decode(serialiseEnvelope(sampleEnvelope()));
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `code: reason` of the EnvelopeError that `work` throws, or `accepted`; anything else it throws goes on. */
export function refusalOf(work: () => unknown): string {
  try {
    work();
    return 'accepted';
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return `${error.code satisfies ErrorCode}: ${String(error.details.reason)}`;
  }
}

export type Json = { [member: string]: unknown };
export type PlainEnvelope = Json & { header: Json & { content: Json; context: Json }; keys: unknown[] };

export function samplePlain(): PlainEnvelope {
  const envelope: PlainEnvelope = JSON.parse(sampleText());
  return envelope;
}

export const parseText = (text: string): string => refusalOf(() => parseEnvelope(bytesOf(text)));

/** What a reader says to the sample after `change`. */
export function parseChanged(change: (envelope: PlainEnvelope) => void): string {
  const envelope = samplePlain();
  change(envelope);
  return parseText(JSON.stringify(envelope));
}

export const notValid = (reason: string): string => `envelope-invalid: ${reason}`;

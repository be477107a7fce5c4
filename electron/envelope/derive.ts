/** @file Everything that is derived from the data key K (FORMAT.md sections 1 and 3). */
import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Envelope, Header } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { DataKey } from '../keys/data-key.ts';
import { readStreamHeader } from '../stream/header.ts';
import { jcs } from './json.ts';

const DERIVED_BYTES = 32;

/*
 * [Note: keys as key objects] Node asks of every key that is given as bytes whether it is a key object, by an exception
 * that it catches: 25 µs, more than the derivation itself. A key object is what it makes of the bytes anyway.
 */

/** HKDF-Expand(PRK, info, 32) with PRK = HKDF-Extract(SHA-512, salt = UTF-8(id), ikm = K). The caller wipes a key. */
function derive(dataKey: DataKey, id: string, info: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync('sha512', createSecretKey(dataKey.bytes), id, info, DERIVED_BYTES));
}

/** The key commitment, 32 bytes: the salt that stands in the body. Not secret. */
export function commitmentSalt(dataKey: DataKey, id: string): Uint8Array {
  return derive(dataKey, id, 'envelope/1 salt');
}

/** The key of hidden content, 32 bytes. The caller wipes it. */
export function contentKeyOf(dataKey: DataKey, id: string): Uint8Array {
  return derive(dataKey, id, 'envelope/1 content');
}

/**
 * The key of the body's segments, 32 bytes: HKDF-SHA-256(ikm = K, salt, info = UTF-8(id)). The caller wipes it.
 * `stream` is the body's header of 40 bytes, which holds the salt.
 */
export function fileKeyOf(dataKey: DataKey, id: string, stream: Uint8Array): Uint8Array {
  return new Uint8Array(
    hkdfSync('sha256', createSecretKey(dataKey.bytes), saltOf(stream), id, DERIVED_BYTES),
  );
}

function saltOf(stream: Uint8Array): Uint8Array {
  const parts = readStreamHeader(stream);
  if (parts === undefined) throw new Error('not the header of a body');
  return parts.salt;
}

/**
 * Checks, in constant time, that K is the key this body was sealed with: before anything else is derived from K, and
 * before K is wrapped again.
 * @throws EnvelopeError `key-wrong`
 */
export function checkCommitment(dataKey: DataKey, id: string, stream: Uint8Array): void {
  if (!timingSafeEqual(commitmentSalt(dataKey, id), saltOf(stream))) {
    throw new EnvelopeError('key-wrong', 'this is not the data key that the body was sealed with');
  }
}

/** `mac`: HMAC-SHA-256 over JCS(header), 32 bytes. */
export function macOf(dataKey: DataKey, header: Header): Uint8Array {
  const macKey = derive(dataKey, header.id, 'envelope/1 mac');
  try {
    return Uint8Array.from(createHmac('sha256', createSecretKey(macKey)).update(jcs(header)).digest());
  } finally {
    macKey.fill(0);
  }
}

/**
 * Checks `mac`, in constant time. It is final: K passed its own check before.
 * @throws EnvelopeError `envelope-altered`
 */
export function checkMac(dataKey: DataKey, { header, mac }: Envelope): void {
  if (!timingSafeEqual(macOf(dataKey, header), mac)) {
    throw new EnvelopeError('envelope-altered', 'the envelope was altered: its MAC does not fit');
  }
}

/** @file One copy of an envelope: where it lies, by the body's first 40 bytes, and what is in it. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Envelope } from '../../shared/envelope.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { MAX_ENVELOPE_BYTES, parseEnvelope } from '../envelope/codec.ts';
import { ioErrors } from '../files/io-error.ts';
import { readStart } from '../files/read-start.ts';
import { openSource } from '../files/source.ts';

/** A copy that is whole. `bytes` are those of the envelope as it was written, `kept` when the copy was. */
export type Copy = { file: string; bytes: Uint8Array; envelope: Envelope; kept: Date };

/** Copies lie in 256 folders, so that none holds too many to be listed. */
export const SHARDS = 256;
export const shardName = /^[0-9a-f]{2}$/;
export const copyName = /^[0-9a-f]{64}\.envelope$/;

/**
 * Where the copy lies: named by the SHA-256 of the body's first 40 bytes, which `head -c 40 body | sha256sum` tells
 * without this program.
 */
export function copyPlace(folder: string, stream: Uint8Array): { shard: string; file: string } {
  const hash = createHash('sha256').update(stream).digest('hex');
  const shard = path.join(folder, hash.slice(0, 2));
  return { shard, file: path.join(shard, `${hash}.envelope`) };
}

/**
 * The copy at `file`; undefined if there is none, it cannot be read, or it is not whole: a power failure may have torn
 * it, and somebody else may write to the folder. No link is followed.
 */
export async function readCopy(file: string, stream: Uint8Array): Promise<Copy | undefined> {
  try {
    const { handle, stats } = await openSource(file, { noFollow: true });
    await using open = handle;
    if (stats.size > BigInt(MAX_ENVELOPE_BYTES)) return undefined;
    const bytes = await ioErrors('source', file, async () => await readStart(open, Number(stats.size)));
    const envelope = parseEnvelope(bytes);
    if (Buffer.compare(decodeBase64url(envelope.header.stream), stream) !== 0) return undefined;
    return { file, bytes, envelope, kept: stats.mtime };
  } catch (error) {
    if (isEnvelopeError(error)) return undefined;
    throw error;
  }
}

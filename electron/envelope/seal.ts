import { randomBytes, randomUUID } from 'node:crypto';
import type { FileContent, Header, Labels } from '../../shared/envelope.ts';
import type { LeftOut } from '../files/archive-plan.ts';
import { openPlainFile, openPlainFolder, type Plain } from '../files/plain.ts';
import { needSpace } from '../files/space.ts';
import type { DataKey } from '../keys/data-key.ts';
import type { KeyRef } from '../keys/keyring.ts';
import { PREFIX_BYTES, writeStreamHeader } from '../stream/header.ts';
import type { RunOptions } from '../stream/job.ts';
import { bodyLength } from '../stream/sizes.ts';
import { encodeBase64url } from './base64url.ts';
import { MAX_ENVELOPE_BYTES, serialiseEnvelope } from './codec.ts';
import { checkLabels, encryptionContext } from './context.ts';
import { commitmentSalt, fileKeyOf, macOf } from './derive.ts';
import type { Collision, Engine, Note } from './engine.ts';
import { hideContent } from './hidden.ts';
import { formatMode } from './mode.ts';
import { toName } from './names.ts';
import { PartialPair } from './partial-pair.ts';
import { formatTime } from './time.ts';

export type SealRequest = {
  /** The file, or with `archive` the folder, to seal. */
  path: string;
  archive: boolean;
  /** Where the pair goes; it exists. */
  folder: string;
  keys: readonly KeyRef[];
  labels: Labels;
  hideNames: boolean;
  collision: Collision;
  /** Read the pair back and verify it before it gets its names. A pair that replaces another always is. */
  verify: boolean;
  /** After that verify, move the original to the bin. */
  binOriginal: boolean;
};

export type Sealed = {
  id: string;
  envelope: string;
  body: string;
  /** Plaintext bytes. */
  size: number;
  requestIds: readonly string[];
  /** Links and special files that an archive does not keep. */
  leftOut: readonly LeftOut[];
  binned: boolean;
  notes: readonly Note[];
};

/** What a body is sealed with, once its envelope is written down: the data key is gone by then. */
class Sealing implements Disposable {
  readonly id: string;
  /** The envelope's bytes as they go to disk. */
  readonly envelope: Uint8Array;
  readonly stream: Uint8Array;
  readonly fileKey: Uint8Array;
  readonly requestIds: readonly string[];

  constructor(parts: Omit<Sealing, typeof Symbol.dispose>) {
    this.id = parts.id;
    this.envelope = parts.envelope;
    this.stream = parts.stream;
    this.fileKey = parts.fileKey;
    this.requestIds = parts.requestIds;
  }

  [Symbol.dispose](): void {
    this.fileKey.fill(0);
  }
}

function contentOf(plain: Plain): FileContent {
  return {
    kind: plain.kind,
    name: toName(plain.name),
    size: plain.size,
    modified: formatTime(plain.modifiedMs),
    mode: formatMode(plain.mode),
  };
}

function headerOf(plain: Plain, request: SealRequest, id: string, stream: Uint8Array, dataKey: DataKey): Header {
  const content = contentOf(plain);
  return {
    id,
    created: formatTime(Date.now()),
    cipher: 'AES256_GCM_HKDF_1MB',
    stream: encodeBase64url(stream),
    content: request.hideNames ? hideContent(dataKey, id, content) : content,
    context: { ...request.labels },
  };
}

/** All keys wrap K, then the envelope is written down and K is wiped (FORMAT.md section 5, step 1). */
async function prepare(engine: Engine, request: SealRequest, plain: Plain, signal?: AbortSignal): Promise<Sealing> {
  checkLabels(request.labels);
  const id = randomUUID();
  const context = encryptionContext({ id, context: request.labels });
  const made = await engine.keyring.makeKey(request.keys, context, { signal });
  using dataKey = made.dataKey;
  const stream = writeStreamHeader(commitmentSalt(dataKey, id), randomBytes(PREFIX_BYTES));
  const header = headerOf(plain, request, id, stream, dataKey);
  const envelope = serialiseEnvelope({ header, mac: macOf(dataKey, header), keys: made.entries });
  return new Sealing({ id, envelope, stream, fileKey: fileKeyOf(dataKey, id, stream), requestIds: made.requestIds });
}

/** Reads the pair back under its temporary names: the envelope to the byte, every segment of the body. */
async function readBack(engine: Engine, pair: PartialPair, sealing: Sealing, plain: Plain, signal?: AbortSignal) {
  await pair.confirmEnvelope(sealing.envelope);
  const body = { fd: pair.body.fd, length: bodyLength(plain.size) };
  const keyed = { header: sealing.stream, fileKey: sealing.fileKey };
  if (plain.kind === 'folder') await engine.pool.run({ kind: 'extract', body, mask: 0, ...keyed }, { signal });
  else await engine.pool.run({ kind: 'open', body, ...keyed }, { signal });
}

/** The original goes only if it still is what was sealed and nothing of it was left out. */
async function binOriginal(engine: Engine, plain: Plain): Promise<Note[]> {
  if (plain.leftOut.length > 0) {
    return [{ path: plain.path, what: 'kept, because it holds links or special files that were not sealed' }];
  }
  try {
    await plain.confirmUnchanged();
    await engine.moveToBin(plain.path);
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ path: plain.path, what: `kept, because it could not be moved to the bin: ${why}` }];
  }
}

async function openPlain(request: SealRequest, signal?: AbortSignal): Promise<Plain> {
  return request.archive ? await openPlainFolder(request.path, { signal }) : await openPlainFile(request.path);
}

/**
 * Seals one file, or one folder as an archive, into a pair (FORMAT.md section 5, Seal). From the moment the body gets
 * its final name a cancel is not obeyed. On any error nothing is left behind and the original is untouched.
 * @returns undefined if the name was taken and `collision` is `skip`
 * @throws EnvelopeError of the source (`source-…`), the keys, the disk (`disk-full`, `target-…`), `labels-invalid`,
 *   `same-file`, `cancelled`
 */
export async function seal(
  engine: Engine,
  request: SealRequest,
  options: RunOptions = {},
): Promise<Sealed | undefined> {
  await using plain = await openPlain(request, options.signal);
  await needSpace(request.folder, bodyLength(plain.size) + MAX_ENVELOPE_BYTES);
  using sealing = await prepare(engine, request, plain, options.signal);
  await using pair = await PartialPair.create(engine.journal, request.folder, sealing.id);

  const { stream: header, fileKey } = sealing;
  await engine.pool.run({ kind: 'seal', source: plain.source, target: pair.body.fd, header, fileKey }, options);
  await plain.confirmUnchanged();
  await pair.finishWriting(sealing.envelope, plain.mode);
  const replaces = request.collision === 'replace';
  if (request.verify || request.binOriginal || replaces) {
    await readBack(engine, pair, sealing, plain, options.signal);
  }

  const named = await pair.giveNames({
    name: request.hideNames ? undefined : toName(plain.name),
    collision: request.collision,
    signal: options.signal,
  });
  if (named === undefined) return undefined;
  const notes = request.binOriginal ? await binOriginal(engine, plain) : [];
  return {
    id: sealing.id,
    envelope: named.envelope,
    body: named.body,
    size: plain.size,
    requestIds: sealing.requestIds,
    leftOut: plain.leftOut,
    binned: request.binOriginal && notes.length === 0,
    notes,
  };
}

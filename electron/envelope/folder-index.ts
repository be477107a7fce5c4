/** @file The halves of pairs in folders, by content. A batch looks at each folder once, however many halves it lacks. */
import { constants, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fromSystem } from '../files/io-error.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';
import { readStart } from '../files/read-start.ts';
import { HEADER_BYTES } from '../stream/header.ts';
import { encodeBase64url } from './base64url.ts';
import { readEnvelopeFile } from './read.ts';
import type { FileHandle } from '../files/file-handle.ts';
import { open, stat } from '../files/fs.ts';

/** Paths by `stream`, as an envelope has it. Of several that begin alike, the first by name. */
export type ByStream = ReadonlyMap<string, string>;

/** Files looked at at the same time. */
const AT_ONCE = 16;

/** Folders remembered at a time: a tree is gone through one after the other. */
const FOLDERS_KEPT = 64;

/** Bytes up to which a disk may keep a file without giving it a block. */
const INLINE = 4096;

/**
 * Whether only the name of a file is on this computer, and reading it would fetch it: a placeholder of a cloud drive takes
 * no room on the disk.
 */
export function isPlaceholder({ size, blocks }: Pick<Stats, 'size' | 'blocks'>): boolean {
  return size > INLINE && blocks === 0;
}

/** The first 40 bytes of an open regular file, as `stream` writes them; undefined if it is no such file, or shorter. */
export async function readStream(handle: FileHandle): Promise<string | undefined> {
  if (!(await handle.stat()).isFile()) return undefined;
  const first = await readStart(handle, HEADER_BYTES);
  return first.length === HEADER_BYTES && first[0] === HEADER_BYTES ? encodeBase64url(first) : undefined;
}

/** The first 40 bytes of `file` if it can be a body; undefined also if it cannot be read, or is not on this computer. */
export async function streamOfBody(file: string): Promise<string | undefined> {
  try {
    // Asked before it is opened: opening a device can make it do something, and a placeholder is fetched.
    const stats = await stat(file);
    if (!stats.isFile() || isPlaceholder(stats)) return undefined;
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return await readStream(handle);
  } catch {
    return undefined;
  }
}

/** The `stream` of the envelope at `file`; undefined if it is none, cannot be read, or is not on this computer. */
export async function streamOfEnvelope(file: string): Promise<string | undefined> {
  try {
    const stats = await stat(file);
    if (!stats.isFile() || isPlaceholder(stats)) return undefined;
    return (await readEnvelopeFile(file)).envelope.header.stream;
  } catch {
    return undefined;
  }
}

async function indexOf(
  folder: string,
  suffix: string,
  streamOf: (file: string) => Promise<string | undefined>,
): Promise<ByStream> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw fromSystem(error, 'source', folder);
  });
  const files = names
    .filter((name) => hasSuffix(name, suffix))
    .sort()
    .map((name) => path.join(folder, name));
  const index = new Map<string, string>();
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    const streams = await Promise.all(some.map(streamOf));
    for (const [at, stream] of streams.entries()) {
      const file = some[at];
      if (stream !== undefined && file !== undefined && !index.has(stream)) index.set(stream, file);
    }
  }
  return index;
}

/** What was in each folder when it was first asked about. Whoever goes by it looks at the file again. */
export class FolderIndex {
  readonly #bodies = new Map<string, Promise<ByStream>>();
  readonly #envelopes = new Map<string, Promise<ByStream>>();

  /** Bodies, `*.enc`. @throws EnvelopeError `source-missing`, `source-unreadable`, `io-failed` of the folder */
  async bodies(folder: string): Promise<ByStream> {
    return await once(this.#bodies, folder, async () => await indexOf(folder, BODY_SUFFIX, streamOfBody));
  }

  /** Envelopes, `*.envelope`; those that do not parse are passed over. Errors as {@link bodies}. */
  async envelopes(folder: string): Promise<ByStream> {
    return await once(
      this.#envelopes,
      folder,
      async () => await indexOf(folder, ENVELOPE_SUFFIX, streamOfEnvelope),
    );
  }
}

async function once<T>(known: Map<string, Promise<T>>, folder: string, look: () => Promise<T>): Promise<T> {
  let looking = known.get(folder);
  if (looking === undefined) {
    looking = look();
    known.set(folder, looking);
    // What could not be looked at may be there the next time.
    looking.catch(() => known.delete(folder));
    for (const oldest of known.keys()) {
      if (known.size <= FOLDERS_KEPT) break;
      known.delete(oldest);
    }
  }
  return await looking;
}

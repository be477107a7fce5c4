import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { toName } from '../envelope/names.ts';
import type { PlainSource } from '../stream/job.ts';
import type { LeftOut } from './archive-plan.ts';
import { type DiskPath, pathLike } from './disk-path.ts';
import { type FileIdentity, identityOf } from './identity.ts';
import { isInside } from './inside.ts';
import { ioErrors } from './io-error.ts';
import { type OpenedSource, openSource } from './source.ts';
import { isStillThat } from './still-that.ts';
import { toMilliseconds } from './times.ts';
import { lstat, stat } from './fs.ts';

/** A file or folder opened for sealing. The holder disposes it. */
export interface Plain extends AsyncDisposable {
  /** As a string says it best. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Its last path component, made to obey the rule of `name` (FORMAT.md section 2). */
  readonly name: string;
  /** Plaintext bytes: of the file, or of the folder's archive. */
  readonly size: number;
  readonly modifiedMs: number;
  /** Permission bits. */
  readonly mode: number;
  readonly identity: FileIdentity;
  readonly source: PlainSource;
  /** What the archive of a folder does not keep. */
  readonly leftOut: readonly LeftOut[];
  /** @throws EnvelopeError `source-changed` unless everything is as it was when it was opened */
  confirmUnchanged(): Promise<void>;
}

class PlainFile implements Plain {
  readonly kind = 'file';
  readonly leftOut = [];
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly mode: number;
  readonly identity: FileIdentity;
  readonly source: PlainSource;
  readonly #file: string | Buffer;
  readonly #opened: OpenedSource;

  constructor(file: string | Buffer, opened: OpenedSource) {
    const { identity, stats, handle } = opened;
    this.#file = file;
    this.#opened = opened;
    this.path = file.toString();
    this.name = nameOf(file);
    this.size = Number(identity.size);
    this.modifiedMs = toMilliseconds(stats.mtimeNs);
    this.mode = Number(stats.mode) & 0o777;
    this.identity = identity;
    this.source = { kind: 'file', fd: handle.fd, size: this.size };
  }

  async confirmUnchanged(): Promise<void> {
    const now = identityOf(await this.#opened.handle.stat({ bigint: true }));
    // By path too: a file that was replaced meanwhile is another one, though our descriptor still shows the old.
    const there = await stat(this.#file, { bigint: true }).then(identityOf, () => undefined);
    if ([now, there].every((at) => at !== undefined && isStillThat(this.identity, at, this.#file))) return;
    throw new EnvelopeError('source-changed', 'the file changed while it was read', { path: this.path });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.handle.close();
  }
}

/** The last component; of bytes that are not UTF-8, in bytes. */
function nameOf(file: string | Buffer): string {
  if (typeof file === 'string') return toName(path.basename(file));
  return toName(file.subarray(file.lastIndexOf(path.sep) + 1));
}

/** Opens a regular file for sealing. Errors: those of {@link openSource}. */
export async function openPlainFile(file: DiskPath): Promise<Plain> {
  const at = pathLike(file);
  return new PlainFile(at, await openSource(at));
}

/**
 * Plans `folder` as one archive (FORMAT.md section 2, Folders), whose pair goes to the folder `to`.
 * @throws EnvelopeError `same-file` if `to` lies inside `folder`: the result would be part of what is sealed ·
 *   `source-unreadable`, `source-missing`, `name-impossible`, `cancelled`
 */
export async function openPlainFolder(folder: string, to: string, signal?: AbortSignal): Promise<Plain> {
  const [from, into] = await ioErrors(
    'source',
    folder,
    async () => await Promise.all([realpath(folder), realpath(to)]),
  );
  if (isInside(from, into)) {
    throw new EnvelopeError('same-file', 'the result would lie in the folder that is sealed', {
      input: folder,
      output: to,
    });
  }
  const [{ planArchive }, { checkUnchanged }] = await Promise.all([
    import('./archive-planner.ts'),
    import('./archive-source.ts'),
  ]);
  const stats = await ioErrors('source', folder, async () => await lstat(folder, { bigint: true }));
  const { plan, leftOut } = await planArchive(folder, { signal });
  return {
    path: folder,
    kind: 'folder',
    name: nameOf(folder),
    size: plan.size,
    modifiedMs: toMilliseconds(stats.mtimeNs),
    mode: Number(stats.mode) & 0o777,
    identity: identityOf(stats),
    source: { kind: 'archive', plan },
    leftOut,
    async confirmUnchanged() {
      await checkUnchanged(plan, { signal });
    },
    async [Symbol.asyncDispose]() {},
  };
}

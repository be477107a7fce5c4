import path from 'node:path';
import { lstat, stat } from 'node:fs/promises';
import { EnvelopeError } from '../../shared/errors.ts';
import type { PlainSource } from '../stream/job.ts';
import type { LeftOut } from './archive-plan.ts';
import { type FileIdentity, identityOf, unchanged } from './identity.ts';
import { ioErrors } from './io-error.ts';
import { openSource } from './source.ts';
import { toMilliseconds } from './times.ts';

/** A file or folder opened for sealing. The holder disposes it. */
export interface Plain extends AsyncDisposable {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Its last path component, as the system gave it. */
  readonly name: string;
  /** Plaintext bytes: of the file, or of the folder's archive. */
  readonly size: number;
  readonly modifiedMs: number;
  /** Permission bits. */
  readonly mode: number;
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
  readonly source: PlainSource;
  readonly #opened: Awaited<ReturnType<typeof openSource>>;

  constructor(file: string, opened: Awaited<ReturnType<typeof openSource>>) {
    const { identity, stats, handle } = opened;
    this.#opened = opened;
    this.path = file;
    this.name = path.basename(file);
    this.size = Number(identity.size);
    this.modifiedMs = toMilliseconds(stats.mtimeNs);
    this.mode = Number(stats.mode) & 0o777;
    this.source = { kind: 'file', fd: handle.fd, size: this.size };
  }

  async confirmUnchanged(): Promise<void> {
    const { handle, identity } = this.#opened;
    const now = identityOf(await handle.stat({ bigint: true }));
    // By path too: a file that was replaced meanwhile is another one, though our descriptor still shows the old.
    const there = await identityAt(this.path);
    if (unchanged(identity, now) && there !== undefined && unchanged(identity, there)) return;
    throw new EnvelopeError('source-changed', 'the file changed while it was read', { path: this.path });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.handle.close();
  }
}

async function identityAt(file: string): Promise<FileIdentity | undefined> {
  return await stat(file, { bigint: true }).then(identityOf, () => undefined);
}

/** Opens a regular file for sealing. Errors: those of {@link openSource}. */
export async function openPlainFile(file: string): Promise<Plain> {
  return new PlainFile(file, await openSource(file));
}

/**
 * Plans a folder as one archive (FORMAT.md section 2, Folders). `exclude`: paths that are not part of it, such as the
 * folder the result goes to.
 * @throws EnvelopeError `source-unreadable`, `source-changed`, `name-impossible`, `cancelled`
 */
export async function openPlainFolder(
  folder: string,
  options: { exclude?: readonly string[]; signal?: AbortSignal | undefined } = {},
): Promise<Plain> {
  const [{ planArchive }, { checkUnchanged }] = await Promise.all([
    import('./archive-planner.ts'),
    import('./archive-source.ts'),
  ]);
  const stats = await ioErrors('source', folder, async () => await lstat(folder, { bigint: true }));
  const { plan, leftOut } = await planArchive(folder, options);
  return {
    path: folder,
    kind: 'folder',
    name: path.basename(folder),
    size: plan.size,
    modifiedMs: toMilliseconds(stats.mtimeNs),
    mode: Number(stats.mode) & 0o777,
    source: { kind: 'archive', plan },
    leftOut,
    async confirmUnchanged() {
      await checkUnchanged(plan);
    },
    async [Symbol.asyncDispose]() {},
  };
}

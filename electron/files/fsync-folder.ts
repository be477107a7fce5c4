import path from 'node:path';
import { errnoOf, fromSystem } from './io-error.ts';
import { open } from './fs.ts';

/** What systems answer that cannot fsync a folder, or not one that may be written but not read. */
const cannot = new Set(['EACCES', 'EPERM', 'EINVAL', 'EISDIR', 'EBADF', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

/** Whether `error` only says that this system cannot fsync a folder. */
export function cannotFsync(error: unknown): boolean {
  return cannot.has(errnoOf(error) ?? '');
}

/** By folder: the fsync that has not begun yet, for everybody who asks until it does; and the one under way. */
const waiting = new Map<string, Promise<void>>();
const running = new Map<string, Promise<void>>();

/**
 * Makes the names given in `folder` so far survive a power failure; where the system cannot, does nothing (FORMAT.md
 * section 5). Callers who ask while one fsync is under way share the next: a batch of small files costs few of them.
 * @throws EnvelopeError `target-missing`, `io-failed`
 */
export async function fsyncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const key = path.resolve(folder);
  let shared = waiting.get(key);
  if (shared === undefined) {
    shared = afterThat(running.get(key), key);
    waiting.set(key, shared);
  }
  await shared;
}

async function afterThat(before: Promise<void> | undefined, folder: string): Promise<void> {
  await before?.catch(() => {});
  const own = waiting.get(folder);
  waiting.delete(folder);
  if (own !== undefined) running.set(folder, own);
  try {
    await fsyncNow(folder);
  } finally {
    if (running.get(folder) === own) running.delete(folder);
  }
}

async function fsyncNow(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    if (!cannotFsync(error)) throw fromSystem(error, 'target', folder);
  }
}

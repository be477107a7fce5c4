import { EnvelopeError, type ErrorCode } from '../../shared/errors.ts';
import { errnoName } from './errno-name.ts';

/** Which end of the job a system call worked for: it decides between `source-…` and `target-…` codes. */
export type IoSide = 'source' | 'target';

/** What has one cause whichever end it is. Words of networks come from disks that lie behind one. */
const ofEither: Readonly<Record<string, ErrorCode>> = {
  EIO: 'disk-failing',
  EREMOTEIO: 'disk-failing',
  EUCLEAN: 'disk-failing',
  EBADMSG: 'disk-failing',
  ENODEV: 'disk-gone',
  ENOMEDIUM: 'disk-gone',
  ENOTCONN: 'disk-gone',
  ESTALE: 'disk-gone',
  EHOSTDOWN: 'disk-gone',
  EHOSTUNREACH: 'disk-gone',
  ENETDOWN: 'disk-gone',
  ENETUNREACH: 'disk-gone',
  ECONNRESET: 'disk-gone',
  ECONNABORTED: 'disk-gone',
  ETIMEDOUT: 'disk-gone',
  EBUSY: 'file-busy',
  ETXTBSY: 'file-busy',
  EAGAIN: 'file-busy',
  EDEADLK: 'file-busy',
  EMFILE: 'too-many-open',
  ENFILE: 'too-many-open',
};

const codesBySide: Record<IoSide, Readonly<Record<string, ErrorCode>>> = {
  source: {
    ENOENT: 'source-missing',
    ENOTDIR: 'source-missing',
    EACCES: 'source-unreadable',
    EPERM: 'source-unreadable',
    ELOOP: 'source-special',
    EISDIR: 'source-special',
    ENXIO: 'source-special',
    ENAMETOOLONG: 'name-impossible',
    ...ofEither,
  },
  target: {
    ENOENT: 'target-missing',
    ENOTDIR: 'target-missing',
    EACCES: 'target-unwritable',
    EPERM: 'target-unwritable',
    EROFS: 'disk-read-only',
    ELOOP: 'target-unwritable',
    EEXIST: 'name-taken',
    EISDIR: 'name-taken',
    ENOTEMPTY: 'name-taken',
    ENXIO: 'disk-gone',
    ENOSPC: 'disk-full',
    EDQUOT: 'disk-full',
    EFBIG: 'file-too-large',
    ENAMETOOLONG: 'name-impossible',
    EILSEQ: 'name-impossible',
    ...ofEither,
  },
};

/** The errno name (`ENOSPC`) of a Node system error, if it is one. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  if (typeof error.code !== 'string') return undefined;
  return errnoName(error.code, 'errno' in error ? error.errno : undefined);
}

/** What gives names. FAT, exFAT and NTFS call one that they cannot hold (`10:30.txt`) invalid. */
const naming: ReadonlySet<unknown> = new Set(['open', 'link', 'rename', 'mkdir']);

const isOfName = (errno: string, side: IoSide, syscall: unknown): boolean =>
  errno === 'EINVAL' && side === 'target' && naming.has(syscall);

/**
 * Turns a failed system call into a coded error; anything that is not one (a bug, an EnvelopeError) comes back as it is.
 * `path` is shown to the user and kept out of the message, which may be logged.
 */
export function fromSystem(error: unknown, side: IoSide, path?: string): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  const syscall = error instanceof Error && 'syscall' in error ? error.syscall : undefined;
  const code = isOfName(errno, side, syscall) ? 'name-impossible' : (codesBySide[side][errno] ?? 'io-failed');
  return new EnvelopeError(code, `${String(syscall)} failed with ${errno}`, { errno, side, path }, error);
}

/** Runs `work`, turning a failed system call into a coded error by {@link fromSystem}. */
export async function ioErrors<T>(
  side: IoSide,
  path: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fromSystem(error, side, path);
  }
}

import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { describe, expect, it } from 'vitest';
import { EnvelopeError, type ErrorCode } from '../../shared/errors.ts';
import { fromSystem, type IoSide } from './io-error.ts';

const codeOf = (errno: string, side: IoSide): ErrorCode => {
  const error = Object.assign(new Error('failed'), { code: errno, syscall: 'write' });
  const known = fromSystem(error, side, '/a');
  if (!(known instanceof EnvelopeError)) throw new Error('not coded');
  expect(known.details).toMatchObject({ errno, side, path: '/a' });
  return known.code;
};

describe('what a disk answers', () => {
  it.each<[errno: string, source: ErrorCode, target: ErrorCode]>([
    ['ENOENT', 'source-missing', 'target-missing'],
    ['EACCES', 'source-unreadable', 'target-unwritable'],
    ['EPERM', 'source-unreadable', 'target-unwritable'],
    ['EROFS', 'io-failed', 'disk-read-only'],
    ['ENOSPC', 'io-failed', 'disk-full'],
    ['EDQUOT', 'io-failed', 'disk-full'],
    ['EFBIG', 'io-failed', 'file-too-large'],
    ['ENAMETOOLONG', 'name-impossible', 'name-impossible'],
    ['EMFILE', 'too-many-open', 'too-many-open'],
    ['ENFILE', 'too-many-open', 'too-many-open'],
    ['ETXTBSY', 'file-busy', 'file-busy'],
    ['EBUSY', 'file-busy', 'file-busy'],
    ['EIO', 'disk-failing', 'disk-failing'],
    ['ENODEV', 'disk-gone', 'disk-gone'],
    ['ESTALE', 'disk-gone', 'disk-gone'],
    ['ENXIO', 'source-special', 'disk-gone'],
  ])('%s is %s or %s', (errno, source, target) => {
    expect([codeOf(errno, 'source'), codeOf(errno, 'target')]).toEqual([source, target]);
  });

  it.runIf(process.platform === 'linux').each([
    [122, 'EDQUOT', 'disk-full'],
    [116, 'ESTALE', 'disk-gone'],
    [117, 'EUCLEAN', 'disk-failing'],
    [74, 'EBADMSG', 'disk-failing'],
    [123, 'ENOMEDIUM', 'disk-gone'],
    [35, 'EDEADLK', 'file-busy'],
  ])('is understood where Node has no name for it: %i, %s', (number, errno, code) => {
    const name = `Unknown system error ${-number}`;
    expect(getSystemErrorName(-number)).toBe(name);
    for (const called of [name, 'UNKNOWN']) {
      const error = Object.assign(new Error(name), { code: called, errno: -number, syscall: 'write' });
      expect(fromSystem(error, 'target', '/a')).toMatchObject({ code, details: { errno } });
    }
    const other = Object.assign(new Error(name), {
      code: 'Unknown system error -4000',
      errno: -4000,
      syscall: 'write',
    });
    expect(fromSystem(other, 'target', '/a')).toMatchObject({ code: 'io-failed' });
  });

  it.each(['open', 'link', 'rename', 'mkdir'])(
    'EINVAL of %s is a name that a disk cannot hold',
    (syscall) => {
      const error = Object.assign(new Error('failed'), { code: 'EINVAL', syscall });
      expect(fromSystem(error, 'target', '/10:30')).toMatchObject({ code: 'name-impossible' });
      expect(fromSystem(error, 'source', '/10:30')).toMatchObject({ code: 'io-failed' });
    },
  );

  /** What no disk answers to what this program asks, or what would be a bug of ours. */
  const elsewhere = new Set(
    [
      'E2BIG EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EALREADY EBADF ECANCELED ECHILD ECONNREFUSED EDESTADDRREQ EDOM',
      'EFAULT EIDRM EINPROGRESS EINTR EINVAL EISCONN EMSGSIZE EMULTIHOP ENETRESET ENOBUFS ENODATA ENOEXEC ENOLCK',
      'ENOLINK ENOMEM ENOMSG ENOPROTOOPT ENOSR ENOSTR ENOSYS ENOTSOCK ENOTSUP ENOTTY EOPNOTSUPP EOVERFLOW EPIPE',
      'EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE ESPIPE ESRCH ETIME EWOULDBLOCK EXDEV EMLINK',
    ].flatMap((line) => line.split(' ')),
  );

  it.each(Object.keys(constants.errno))('%s has a code of its own where a disk can say it', (errno) => {
    const codes = [codeOf(errno, 'source'), codeOf(errno, 'target')];
    if (!elsewhere.has(errno))
      expect(
        codes.some((code) => code !== 'io-failed'),
        errno,
      ).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { setPermissions } from './permissions.ts';

const refusing = (code: string) => ({
  async chmod(): Promise<void> {
    await Promise.reject(Object.assign(new Error(code), { code, syscall: 'fchmod' }));
  },
});

describe('setPermissions', () => {
  it.each(['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'])(
    'goes on where a disk has none, or gives its files to somebody else: %s',
    async (code) => {
      await expect(setPermissions(refusing(code), 0o644)).resolves.toBeUndefined();
    },
  );

  it.each(['EIO', 'EROFS', 'ENOSPC'])('does not hide a disk that fails: %s', async (code) => {
    await expect(setPermissions(refusing(code), 0o644)).rejects.toMatchObject({ code });
  });

  it('sets what it is told', async () => {
    const set: number[] = [];
    await setPermissions({ chmod: async (mode) => void set.push(mode) }, 0o640);
    expect(set).toEqual([0o640]);
  });
});

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameErrors } from './name-errors.ts';

const here = import.meta.dirname;
const noSuchFile = async (): Promise<never> =>
  await Promise.reject(Object.assign(new Error('none'), { code: 'ENOENT', syscall: 'rename' }));

describe('a disk that answers “no such file”', () => {
  it('cannot hold the name, where only other disks can and the folder is there', async () => {
    const given = nameErrors(path.join(here, '10:30.txt'), noSuchFile);
    await expect(given).rejects.toMatchObject({ code: 'name-impossible', details: { name: '10:30.txt' } });
  });

  it('has no such folder otherwise', async () => {
    for (const file of [path.join(here, 'a.txt'), path.join(here, 'none', '10:30.txt')])
      await expect(nameErrors(file, noSuchFile)).rejects.toMatchObject({ code: 'target-missing' });
  });
});

import { describe, expect, it } from 'vitest';
import { isElevated } from './elevated.ts';

/** As `whoami /groups /fo csv /nh` has them. */
const line = (name: string, sid: string): string => `"Mandatory Label\\${name}","Label","${sid}","",\r\n`;
const administrator = line('High Mandatory Level', 'S-1-16-12288');
const user = line('Medium Mandatory Level', 'S-1-16-8192');

describe('isElevated', () => {
  it.each([
    ['win32', administrator, true],
    ['win32', user, false],
    ['linux', administrator, false],
    ['darwin', administrator, false],
  ])('on %s, in the groups %j: %s', async (platform, groups, expected) => {
    expect(await isElevated(platform, async () => await Promise.resolve(groups))).toBe(expected);
  });

  it('is false where the groups cannot be had: the window then says nothing that may be wrong', async () => {
    expect(await isElevated('win32', async () => await Promise.reject(new Error('ENOENT')))).toBe(false);
  });
});

import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Mirror } from '../files/mirror.ts';
import { PolicyFinder } from './find.ts';
import { makeOutput, outputOf } from './output.ts';
import { POLICY_FILE } from './policy.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'envelope-policy-')));
  await mkdir(path.join(root, 'home/work/a/b'), { recursive: true });
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const at = (...names: string[]): string => path.join(root, ...names);
async function lay(folder: string, policy: object | string = { version: 1 }): Promise<string> {
  const file = path.join(folder, POLICY_FILE);
  await writeFile(file, typeof policy === 'string' ? policy : JSON.stringify(policy));
  return file;
}
const find = async (folder: string) => await new PolicyFinder(at('home')).find(folder);

describe('the policy of a folder', () => {
  it('is the nearest one above', async () => {
    expect(await find(at('home/work/a/b'))).toBeUndefined();
    const outer = await lay(at('home/work'));
    expect((await find(at('home/work/a/b')))?.path).toBe(outer);
    const inner = await lay(at('home/work/a'), { version: 1, hideNames: true });
    expect(await find(at('home/work/a/b'))).toEqual({
      path: inner,
      folder: at('home/work/a'),
      policy: { version: 1, hideNames: true },
    });
    expect((await find(at('home/work')))?.path).toBe(outer);
  });

  it('is not looked for above the home folder, but in it', async () => {
    await lay(root);
    expect(await find(at('home/work/a'))).toBeUndefined();
    const own = await lay(at('home'));
    expect((await find(at('home/work/a')))?.path).toBe(own);
    // Outside of the home folder it goes on to the top.
    await mkdir(at('elsewhere/x'), { recursive: true });
    expect((await find(at('elsewhere/x')))?.path).toBe(at(POLICY_FILE));
  });

  it.runIf(process.platform !== 'win32')('is not taken from where everybody may lay one down', async () => {
    await mkdir(at('tmp/mine/x'), { recursive: true });
    await chmod(at('tmp'), 0o1777);
    await lay(at('tmp'));
    await lay(root);
    expect(await find(at('tmp/mine/x'))).toBeUndefined();
    expect(await find(at('tmp'))).toBeUndefined();
  });

  it('that is not right is not taken for none, and one further up does not stand in for it', async () => {
    await lay(at('home/work'));
    const file = await lay(at('home/work/a'), '{"version":1,');
    await expect(find(at('home/work/a/b'))).rejects.toMatchObject({
      code: 'policy-invalid',
      details: { path: file, problem: 'json' },
    });
  });

  it.runIf(process.platform !== 'win32')('is never read through a link', async () => {
    const other = await lay(at('home'));
    await symlink(other, at('home/work/a', POLICY_FILE));
    await expect(find(at('home/work/a/b'))).rejects.toMatchObject({ details: { problem: 'link' } });
    await rm(at('home/work/a', POLICY_FILE));
    await symlink(at('nowhere'), at('home/work/a', POLICY_FILE));
    await expect(find(at('home/work/a/b'))).rejects.toMatchObject({ details: { problem: 'link' } });
  });

  it('is a file, and not a large one', async () => {
    await mkdir(at('home/work', POLICY_FILE));
    await expect(find(at('home/work'))).rejects.toMatchObject({ details: { problem: 'special' } });
    await lay(at('home/work/a'), `{"version":1}${' '.repeat(65_536)}`);
    await expect(find(at('home/work/a'))).rejects.toMatchObject({ details: { problem: 'large' } });
  });
});

describe('making the output', () => {
  const output = { version: 1, output: { folder: 'out/deep' } };

  it('makes the folders of the tree, with the permissions of the originals', async () => {
    await lay(at('home/work'), output);
    const found = await find(at('home/work/a/b'));
    if (found === undefined) throw new Error('it is there');
    const to = outputOf(found, at('home/work/a/b')) ?? '';
    expect(to).toBe(at('home/work/out/deep/a/b'));
    const mirror = new Mirror();
    await Promise.all([makeOutput(found, to, mirror), makeOutput(found, to, mirror)]);
    await mirror.finish();
    await expect(realpath(to)).resolves.toBe(to);
  });

  it.runIf(process.platform !== 'win32').each(['out', 'out/deep', 'out/deep/a'])(
    'stops at a link: %s',
    async (link) => {
      await lay(at('home/work'), output);
      await mkdir(path.dirname(at('home/work', link)), { recursive: true });
      await symlink(root, at('home/work', link));
      const found = await find(at('home/work/a/b'));
      if (found === undefined) throw new Error('it is there');
      const making = makeOutput(found, at('home/work/out/deep/a/b'), new Mirror());
      await expect(making).rejects.toMatchObject({ code: 'policy-invalid', details: { problem: 'outside' } });
    },
  );
});

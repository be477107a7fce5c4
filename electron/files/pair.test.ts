import type { PathLike } from 'node:fs';
import { link, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimName } from './atomic.ts';
import { namePair, type Naming, type SealedPair } from './pair.ts';
import { failing, noHardLinks, PairFolder, partials, realDisk, watched } from './pair.fixture.ts';

let files: PairFolder;

beforeEach(async () => {
  files = await PairFolder.create();
  await files.write('1');
});
afterEach(async () => {
  await files.remove();
});

describe.each<[string, Naming]>([
  ['with hard links', realDisk],
  ['without them', noHardLinks],
])('a fresh pair %s', (_, disk) => {
  it('takes nothing from a file that has either name', async () => {
    await writeFile(files.at('T.enc'), 'old body');
    await writeFile(files.at('T (2).envelope'), 'old envelope');
    const named = await namePair(files.pair('keep-both'), disk);
    expect(named).toMatchObject({ stem: 'T (3)', settled: true });
    expect(await readdir(files.folder)).toEqual(['T (2).envelope', 'T (3).enc', 'T (3).envelope', 'T.enc']);
    expect(await files.read('T.enc')).toBe('old body');
    expect(await files.read('T (3).enc')).toBe('body 1');
    expect(await files.read('T (3).envelope')).toBe('envelope 1');
    expect(files.noted).toEqual(['T (3)']);
  });

  it('is skipped, or refused, where either name is taken', async () => {
    await writeFile(files.at('T.envelope'), 'old envelope');
    expect(await namePair(files.pair('skip'), disk)).toBeUndefined();
    await expect(namePair(files.pair('refuse'), disk)).rejects.toMatchObject({ code: 'name-taken' });
    expect(await readdir(files.folder)).toEqual([...partials, 'T.envelope']);
  });

  it.each<[keyof Naming, number]>([
    ['claim', 1],
    ['fsyncFolder', 1],
    ['claim', 2],
    ['fsyncFolder', 2],
  ])('has its names taken away again when %s fails, call %d', async (step, n) => {
    await expect(namePair(files.pair('keep-both'), failing({ [step]: [n] }, disk))).rejects.toMatchObject({
      code: 'io-failed',
    });
    expect(await readdir(files.folder)).toEqual(partials);
    expect(await files.read('.1.enc.partial')).toBe('body 1');
  });

  it('gives way when a name is taken between the question and the claim', async () => {
    let late = true;
    const racing: Naming = {
      ...disk,
      async claim(partial, final) {
        if (late && final.endsWith('.envelope')) {
          late = false;
          await writeFile(final, 'came first');
        }
        return await disk.claim(partial, final);
      },
    };
    const named = await namePair(files.pair('keep-both'), racing);
    expect(named?.stem).toBe('T (2)');
    expect(await readdir(files.folder)).toEqual(['T (2).enc', 'T (2).envelope', 'T.envelope']);
    expect(await files.read('T.envelope')).toBe('came first');
    expect(files.noted).toEqual(['T', 'T (2)']);
  });

  it('is named once of many at once', async () => {
    const jobs = Array.from({ length: 12 }, (_, index) => String(index + 1));
    await Promise.all(
      jobs.map(async (job) => {
        await files.write(job);
      }),
    );
    await Promise.all(jobs.map(async (job) => await namePair(files.pair('keep-both', job), disk)));
    const names = await readdir(files.folder);
    expect(names).toHaveLength(24);
    for (const name of names.filter((name) => name.endsWith('.enc'))) {
      const envelope = await files.read(name.replace(/enc$/, 'envelope'));
      expect(await files.read(name)).toBe(envelope.replace('envelope', 'body'));
    }
  });
});

describe('a fresh pair', () => {
  it('is numbered where the disk ignores case: the link says so, no spelling is compared', async () => {
    const names = new Set(['report.envelope']);
    const ignoringCase = async (from: PathLike, to: PathLike) => {
      const name = path.basename(String(to)).toLowerCase();
      if (names.has(name)) throw Object.assign(new Error('EEXIST'), { code: 'EEXIST', syscall: 'link' });
      await link(from, to);
      names.add(name);
    };
    const disk: Naming = {
      ...realDisk,
      claim: async (a, b) => await claimName(a, b, { link: ignoringCase }),
    };
    expect(await namePair(files.pair('keep-both', '1', 'REPORT'), disk)).toMatchObject({
      stem: 'REPORT (2)',
    });
    expect(await readdir(files.folder)).toEqual(['REPORT (2).enc', 'REPORT (2).envelope']);
  });

  it('says that it is unfinished if a name cannot be taken away', async () => {
    const disk = failing({ claim: [2], drop: [1] });
    await expect(namePair(files.pair('keep-both'), disk)).rejects.toMatchObject({
      details: { unfinished: true },
    });
    expect(await readdir(files.folder)).toEqual([...partials, 'T.enc']);
  });

  it('counts as named, but not settled, if a temporary name stays', async () => {
    expect(await namePair(files.pair('keep-both'), failing({ settle: [1] }))).toMatchObject({
      stem: 'T',
      settled: false,
    });
    expect(await readdir(files.folder)).toContain('T.envelope');
  });

  it('notes its stem before it touches a name', async () => {
    const refusing: SealedPair = {
      ...files.pair('keep-both'),
      onStem: async () => {
        throw new Error('no journal');
      },
    };
    await expect(namePair(refusing)).rejects.toThrow('no journal');
    expect(await readdir(files.folder)).toEqual(partials);
  });

  it('appears body first, each name fsynced before the next step', async () => {
    const steps: string[] = [];
    const disk = watched((step, name) => steps.push(`${step} ${path.basename(name)}`));
    await namePair(files.pair('keep-both'), disk);
    const fsync = `fsyncFolder ${path.basename(files.folder)}`;
    const named = ['claim T.enc', fsync, 'claim T.envelope', fsync];
    expect(steps).toEqual([...named, 'settle T.enc', 'settle T.envelope']);
  });
});

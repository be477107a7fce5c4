import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namePair, type Naming, removePartials } from './pair.ts';
import { failing, PairFolder, partials, realDisk } from './pair.fixture.ts';

let files: PairFolder;

beforeEach(async () => {
  files = await PairFolder.create();
  await files.write('1');
});
afterEach(async () => {
  await files.remove();
});

async function writeOld(): Promise<void> {
  await writeFile(files.at('T.enc'), 'old body');
  await writeFile(files.at('T.envelope'), 'old envelope');
}

describe('a pair that replaces another', () => {
  it('replaces no folder, and touches nothing then', async () => {
    await writeFile(files.at('T.enc'), 'old body');
    await mkdir(files.at('T.envelope'));
    await expect(namePair(files.pair('replace'))).rejects.toMatchObject({ code: 'name-taken' });
    expect(await files.read('T.enc')).toBe('old body');
    expect(files.noted).toEqual([]);
  });

  it('leaves the old pair whole if its body cannot take its name', async () => {
    await writeOld();
    const error: unknown = await namePair(files.pair('replace'), failing({ replace: [1] })).catch(
      (error: unknown) => error,
    );
    expect(error).toMatchObject({ code: 'io-failed' });
    expect(error).not.toMatchObject({ details: { unfinished: true } });
    expect([await files.read('T.enc'), await files.read('T.envelope')]).toEqual(['old body', 'old envelope']);
    expect(await readdir(files.folder)).toEqual([...partials, 'T.enc', 'T.envelope']);
  });

  it.each<[keyof Naming, number]>([
    ['fsyncFolder', 1],
    ['replace', 2],
    ['fsyncFolder', 2],
  ])('is left for the next start to finish when %s fails, call %d', async (step, n) => {
    await writeOld();
    await expect(namePair(files.pair('replace'), failing({ [step]: [n] }))).rejects.toMatchObject({
      details: { unfinished: true },
    });
    expect(await files.read('T.enc')).toBe('body 1');
  });

  it('replaces both, and needs neither', async () => {
    await writeOld();
    expect(await namePair(files.pair('replace'))).toMatchObject({ stem: 'T', settled: true });
    await rm(files.at('T.enc'));
    await files.write('2');
    await namePair(files.pair('replace', '2'));
    expect([await files.read('T.enc'), await files.read('T.envelope')]).toEqual(['body 2', 'envelope 2']);
    expect(await readdir(files.folder)).toEqual(['T.enc', 'T.envelope']);
  });

  it('is never mixed with another that replaces at the same time', async () => {
    const jobs = Array.from({ length: 12 }, (_, index) => String(index + 1));
    await Promise.all(
      jobs.map(async (job) => {
        await files.write(job);
      }),
    );
    // The later a job comes, the sooner its envelope would be there.
    const slow: Naming = {
      ...realDisk,
      async replace(partial, final) {
        const job = Number(path.basename(partial).split('.')[1]);
        if (final.endsWith('.envelope')) await sleep(2 * (jobs.length - job));
        await rename(partial, final);
      },
    };
    await Promise.all(jobs.map(async (job) => await namePair(files.pair('replace', job), slow)));
    expect(await files.read('T.envelope')).toBe((await files.read('T.enc')).replace('body', 'envelope'));
  });
});

describe('removePartials', () => {
  it('removes the envelope first: an envelope alone would be kept for ever', async () => {
    await rm(files.at('.1.enc.partial'));
    await mkdir(files.at('.1.enc.partial'));
    await expect(removePartials(files.pair('skip'))).rejects.toMatchObject({ name: 'EnvelopeError' });
    expect(await readdir(files.folder)).toEqual(['.1.enc.partial']);
  });

  it('removes what is there', async () => {
    await rm(files.at('.1.enc.partial'));
    await removePartials(files.pair('skip'));
    await removePartials(files.pair('skip'));
    expect(await readdir(files.folder)).toEqual([]);
  });
});

/** @file Lost halves, from the command line: found by their content, restored from the kept copies, killed half way. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { usePlace } from './use-place.ts';

const place = usePlace();

/** `docs/a.txt` and so on, sealed into `sealed`. */
async function sealed(...names: string[]): Promise<void> {
  mkdirSync(place.at('docs'), { recursive: true });
  for (const name of names) writeFileSync(place.at('docs', name), `this is ${name}`);
  await place.json(['seal', ...names.map((name) => `docs/${name}`), '--to', 'sealed']);
}

describe('envelope locate', () => {
  it('brings a lost envelope back from the copies, to the byte, and it opens', async () => {
    await sealed('a.txt', 'b.txt');
    const envelope = place.at('sealed', 'a.txt.envelope');
    const bytes = readFileSync(envelope);
    rmSync(envelope);
    const failed = await place.run(['open', 'sealed/a.txt.enc', '--to', 'out']);
    expect(failed.code).toBe(1);
    expect(failed.err).toContain('“envelope locate … --restore”');
    const told = await place.run(['locate', 'sealed/a.txt.enc']);
    expect(told.code).toBe(1);
    expect(told.out).toContain('it can be opened with local key “This computer”');
    expect(existsSync(envelope)).toBe(false);
    const [restored] = await place.json(['locate', 'sealed', '--restore']);
    expect(restored).toMatchObject({ state: 'restored', half: 'body', envelope });
    expect(readFileSync(envelope)).toEqual(bytes);
    await place.json(['open', 'sealed', '--to', 'out']);
    expect(readFileSync(place.at('out', 'sealed', 'a.txt'), 'utf8')).toBe('this is a.txt');
    expect((await place.run(['locate', 'sealed', '--restore'])).err).toContain('4 files have the other half');
  });

  it('finds a body that was moved and renamed, and says how to open it', async () => {
    await sealed('a.txt');
    mkdirSync(place.at('attic', 'old'), { recursive: true });
    renameSync(place.at('sealed', 'a.txt.enc'), place.at('attic', 'old', 'moved.bin'));
    const [found] = await place.json(['locate', 'sealed/a.txt.envelope']);
    expect(found).toMatchObject({
      state: 'found',
      found: { path: place.at('attic', 'old', 'moved.bin'), where: 'above' },
    });
    await place.json(['open', 'sealed/a.txt.envelope', '--body', 'attic/old/moved.bin', '--to', 'out']);
    expect(readFileSync(place.at('out', 'a.txt'), 'utf8')).toBe('this is a.txt');
  });

  it('names a wrong pair', async () => {
    await sealed('Q2.pdf', 'Q3.pdf');
    renameSync(place.at('sealed', 'Q3.pdf.enc'), place.at('sealed', 'Q2.pdf.enc'));
    renameSync(place.at('sealed', 'Q2.pdf.envelope'), place.at('sealed', 'x.envelope'));
    renameSync(place.at('sealed', 'Q2.pdf.enc'), place.at('sealed', 'x.enc'));
    const { code, err } = await place.run(['verify', 'sealed/x.envelope']);
    expect(code).toBe(4);
    expect(err).toContain('belongs to “Q3.pdf.envelope”. This envelope belongs to “Q2.pdf.enc”.');
  });

  it('says what is nowhere, how far it looked, and looks where it is told to', async () => {
    await sealed('a.txt');
    rmSync(place.at('sealed', 'a.txt.enc'));
    const none = await place.run(['locate', 'sealed/a.txt.envelope']);
    expect(none.code).toBe(1);
    expect(none.err).toMatch(/Looked at \d+ files? in \d+ folders? around a\.txt\.envelope\./);
    expect(none.err).toContain('--in FOLDER');
    const nothing = await place.run(['locate', 'sealed/a.txt.envelope', '--in', 'nowhere', '--json']);
    expect(nothing.code).toBe(1);
    expect((await place.run(['locate', 'docs/a.txt'])).code).toBe(1);
  });
});

describe('envelope copies', () => {
  it('moves, bounds, empties and fills the store, and says how it is', async () => {
    await sealed('a.txt', 'b.txt');
    expect(await place.json(['copies'])).toMatchObject([
      { keep: true, count: 2, megabytes: 256, isOwn: true },
    ]);
    const [moved] = await place.json(['copies', '--move-to', 'usb']);
    expect(moved).toMatchObject({ count: 2, isOwn: false, place: place.at('usb') });
    expect(await place.json(['copies', '--off', '--limit', '20', '--prune'])).toMatchObject([
      { keep: false, megabytes: 20, count: 2 },
    ]);
    expect((await place.run(['copies', '--clear'])).code).toBe(2);
    expect(await place.json(['copies', '--clear', '--yes'])).toMatchObject([{ count: 0 }]);
    expect((await place.run(['copies', '--add', 'sealed'])).code).toBe(2);
    expect(await place.json(['copies', '--on', '--add', 'sealed', '--move-back'])).toMatchObject([
      { keep: true, count: 2, isOwn: true },
    ]);
    expect((await place.run(['copies', '--limit', '15'])).code).toBe(2);
  });

  it('a folder of copies that is gone stops no sealing, and is said', async () => {
    await sealed('a.txt');
    await place.json(['copies', '--move-to', 'usb']);
    rmSync(place.at('usb'), { recursive: true });
    const { code, err } = await place.run(['seal', 'docs/a.txt', '--to', 'again']);
    expect(code).toBe(0);
    expect(err).toContain('no copy of the envelope was kept: the folder of copies is not there');
    expect((await place.run(['copies'])).out).toContain('which is not there now');
  });

  it('a move that is killed half way loses no copy, and can be done again', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `${n}.txt`);
    await sealed(...names);
    const usb = place.at('usb');
    const killed = place.run(['copies', '--move-to', 'usb'], {
      onStart: (child) => {
        void (async () => {
          while (!existsSync(usb) || readdirSync(usb).length < 3) await sleep(1);
          child.kill('SIGKILL');
        })();
      },
    });
    await killed;
    rmSync(place.at('sealed', '7.txt.envelope'));
    expect((await place.json(['locate', 'sealed', '--restore']))[0]).toMatchObject({ state: 'restored' });
    const [state] = await place.json(['copies', '--move-to', 'usb']);
    expect(state).toMatchObject({ place: usb, count: 60 });
    const files = readdirSync(usb, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.filter(({ name }) => path.extname(name) === '.envelope')).toHaveLength(60);
  });
});

/** @file The command line as a process: what it loads, how it dies. */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { usePlace } from './use-place.ts';

const place = usePlace();

/** The packages, and the modules of our own, that a run loads in its main thread. */
async function loaded(args: string[]): Promise<{ packages: Set<string>; own: string[] }> {
  const note = path.join(place.folder, 'imports');
  writeFileSync(note, '');
  const preload = path.resolve(import.meta.dirname, 'note-imports.ts');
  await place.json(args, { env: { NODE_OPTIONS: `--import=${preload}`, NOTE_IMPORTS: note } });
  const urls = readFileSync(note, 'utf8').trim().split('\n');
  const packages = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  const own = urls.flatMap((url) => /\/main\/electron\/(.*)$|\/electron\/(.*\.ts)$/.exec(url)?.[0] ?? []);
  return { packages: new Set(packages), own };
}

describe('what is loaded', () => {
  it('for a local seal: nothing of AWS, age, archives or the bin', async () => {
    writeFileSync(place.at('a'), '1');
    const { packages, own } = await loaded(['seal', 'a']);
    expect([...packages].toSorted()).toEqual(['commander', 'env-paths', 'is-safe-filename', 'zod']);
    expect(own.filter((file) => /archive-(?:planner|source|sink)|keys\/aws\/clients/.test(file))).toEqual([]);
  });

  it('for inspect: no key provider, and no part of sealing and opening', async () => {
    writeFileSync(place.at('a'), '1');
    await place.json(['seal', 'a']);
    const { packages, own } = await loaded(['inspect', 'a.envelope']);
    expect([...packages].toSorted()).toEqual(['commander', 'env-paths', 'is-safe-filename', 'zod']);
    expect(
      own.filter((file) => /stream\/pool|jobs\/|keyring|keys\/a(?:ge|ws)|files\/recover/.test(file)),
    ).toEqual([]);
  });
});

/** Sends signals as soon as a body is being written. */
const whenSealing = (work: () => void) => () => {
  const timer = setInterval(() => {
    if (!readdirSync(place.folder).some((name) => name.endsWith('.enc.partial'))) return;
    clearInterval(timer);
    work();
  }, 5);
};

function writeBig(): void {
  writeFileSync(place.at('big'), '');
  truncateSync(place.at('big'), 4 * 2 ** 30);
}

describe('how it ends early', () => {
  it('a signal cancels cleanly, with its own exit code', async () => {
    writeBig();
    const ran = await place.run(['seal', 'big', '--json'], {
      onStart: (child) => {
        whenSealing(() => child.kill('SIGTERM'))();
      },
    });
    expect(ran.code).toBe(143);
    expect(ran.err).toContain('Cancelled; 0 done, 1 not done.');
    expect(ran.err).toContain('with --skip');
    expect(ran.lines()).toMatchObject([{ state: 'failed', error: { code: 'cancelled' } }]);
    expect(readdirSync(place.folder)).toEqual(['big']);
  });

  it('what a killed run has left is cleaned up by the next, which says so', async () => {
    writeBig();
    writeFileSync(place.at('small'), '1');
    const killed = await place.run(['seal', 'big'], {
      onStart: (child) => {
        whenSealing(() => child.kill('SIGKILL'))();
      },
    });
    expect(killed.code).toBeNull();
    expect(readdirSync(place.folder).filter((name) => name.endsWith('.partial'))).not.toEqual([]);
    const next = await place.run(['seal', 'small']);
    expect(next.code).toBe(0);
    expect(next.err).toContain('An earlier run was interrupted; its unfinished files were removed:');
    expect(readdirSync(place.folder)).toEqual(['big', 'small', 'small.enc', 'small.envelope']);
  });

  it('a reader that goes away ends it like a signal', async () => {
    const names = Array.from({ length: 400 }, (_, n) => `file ${n}`);
    for (const name of names) writeFileSync(place.at(name), '1');
    const ran = await place.run(['seal', ...names], {
      onStart: (child) => {
        child.stdout?.destroy();
      },
    });
    expect(ran.code).toBe(141);
    expect(readdirSync(place.folder).some((name) => name.endsWith('.partial'))).toBe(false);
  });

  it.runIf(existsSync('/dev/full'))('an output that takes nothing ends it cleanly', async () => {
    const names = Array.from({ length: 100 }, (_, n) => `file ${n}`);
    for (const name of names) writeFileSync(place.at(name), '1');
    const full = openSync('/dev/full', 'w');
    try {
      const ran = await place.run(['seal', ...names], { stdout: full });
      expect(ran.code).toBe(1);
      expect(ran.err).toContain('The results cannot be written (ENOSPC)');
      expect(ran.err).not.toMatch(/^ +at /m);
      expect((await place.run(['--version'], { stdout: full })).code).toBe(1);
    } finally {
      closeSync(full);
    }
    const left = readdirSync(place.folder);
    expect(left.filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(left.filter((name) => name.endsWith('.enc')).length).toBe(
      left.filter((name) => name.endsWith('.envelope')).length,
    );
  });
});

/** @file A system that gives the program hardly any files to open: it says so, loses nothing, and does it when there are more. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Place } from './run-cli.ts';

const FILES = 40;

describe.skipIf(process.platform === 'win32')('with hardly any file handles', () => {
  // From just enough to start Node to almost enough for everything.
  it.each([24, 28, 32, 40, 56])('%i of them', { timeout: 120_000 }, async (openFiles) => {
    using place = new Place();
    mkdirSync(place.at('docs'));
    for (let index = 0; index < FILES; index += 1)
      writeFileSync(place.at('docs', `${index}.txt`), `${index}`);
    const ran = await place.run(['seal', 'docs', '--to', 'sealed', '--json'], { openFiles });
    expect(ran.code, ran.err).toBe(1);
    const codes = ran.lines().map(({ error }) => (error as { code: string } | undefined)?.code);
    expect(new Set(codes.filter((code) => code !== undefined))).toEqual(new Set(['too-many-open']));
    for (let index = 0; index < FILES; index += 1) {
      expect(readFileSync(place.at('docs', `${index}.txt`), 'utf8')).toBe(`${index}`);
    }
    await place.json(['seal', 'docs', '--to', 'sealed', '--skip']);
    await place.json(['verify', 'sealed']);
    const left = readdirSync(place.folder, { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(left.filter((name) => name.endsWith('.envelope'))).toHaveLength(FILES);
  });
});

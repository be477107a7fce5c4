import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleId, sampleStream, sampleText } from '../envelope/sample.fixture.ts';
import { looksSealed } from './sealed.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sealed-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('looksSealed', () => {
  it('lets files of other programs pass', async () => {
    await writeFile(at('backup.enc'), Buffer.concat([Uint8Array.of(0x28), new Uint8Array(99)]));
    await writeFile(at('mail.envelope'), 'Dear all');
    await writeFile(at('empty.envelope'), '');
    await writeFile(at('empty.enc'), '');
    await writeFile(at('copy.txt'), sampleText());
    await symlink('copy.txt', at('link.envelope'));
    for (const name of [
      'backup.enc',
      'mail.envelope',
      'empty.envelope',
      'empty.enc',
      'copy.txt',
      'link.envelope',
      'none.enc',
    ]) {
      expect(await looksSealed(at(name))).toBeUndefined();
    }
  });

  it('lets a body pass whose envelope is not beside it, or another one is', async () => {
    await writeFile(at('a.enc'), sampleStream(sampleId));
    expect(await looksSealed(at('a.enc'))).toBeUndefined();
    await writeFile(at('a.envelope'), sampleText());
    await writeFile(at('a.enc'), sampleStream('11111111-2222-4333-8444-555555555555'));
    expect(await looksSealed(at('a.enc'))).toBeUndefined();
  });

  it('knows a pair, in capitals too', async () => {
    await writeFile(at('a.envelope'), sampleText());
    await writeFile(at('a.enc'), sampleStream(sampleId));
    await writeFile(at('a.ENC'), sampleStream(sampleId));
    await writeFile(at('b.Envelope'), sampleText());
    expect(await looksSealed(at('a.enc'))).toBe('body');
    expect(await looksSealed(at('a.ENC'))).toBe('body');
    expect(await looksSealed(at('a.envelope'))).toBe('envelope');
    expect(await looksSealed(at('b.Envelope'))).toBe('envelope');
  });

  it('knows an envelope that is damaged, or of a newer version', async () => {
    await writeFile(at('cut.envelope'), sampleText());
    await truncate(at('cut.envelope'), 200);
    await writeFile(at('newer.envelope'), '\r\n{"format":"envelope/2","header":[]}');
    expect(await looksSealed(at('cut.envelope'))).toBe('envelope');
    expect(await looksSealed(at('newer.envelope'))).toBe('envelope');
  });
});

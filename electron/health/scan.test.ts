import { chmod, copyFile, mkdir, rename, rm, symlink, truncate, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, overwrite, sealRequest } from '../envelope/engine.fixture.ts';
import { seal } from '../envelope/seal.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { HealthFixture } from './health.fixture.ts';

let fixture: HealthFixture;
let folder: string;

beforeAll(async () => {
  fixture = await HealthFixture.create();
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = await freshFolder(fixture.engine);
});

/** Seals a file of this name in `where`, whose original is gone then. */
async function pair(name: string, more: object = {}, where = folder): Promise<void> {
  await mkdir(where, { recursive: true });
  const file = path.join(where, name);
  await writeFile(file, `the content of ${name}`);
  await seal(fixture.engine, sealRequest(fixture.engine, file, { binOriginal: true, ...more }));
}

const at = (...names: string[]): string => path.join(folder, ...names);

describe('a folder in which all is well', () => {
  it('is told with counts alone, key by key', async () => {
    await pair('a');
    await pair('b', { hideNames: true });
    await pair('c', {}, at('deep', 'er'));
    const { summary, files, keys } = await fixture.look(folder);
    expect(summary).toMatchObject({ folders: 3, envelopes: 3, opens: 3, alone: 3, problems: {}, calls: {} });
    expect(files).toHaveLength(3);
    const { key } = fixture.engine.local;
    expect(Object.keys(keys)).toEqual([key]);
    expect(keys[key]).toMatchObject({ files: 3, opens: 3, alone: 3, answers: { opens: 3 } });
  });

  it('is empty, or does not exist', async () => {
    expect((await fixture.look(folder)).summary).toMatchObject({ folders: 1, envelopes: 0 });
    const { files } = await fixture.look(at('nowhere'));
    expect(files).toMatchObject([{ problem: 'folder-unreadable', error: { code: 'source-missing' } }]);
  });
});

describe('bodies', () => {
  it('that are missing, cut short, too long or of another are told by name and length, not read', async () => {
    for (const name of ['fine', 'gone', 'short', 'shorter', 'none', 'long', 'other', 'folder'])
      await pair(name);
    await unlink(at('gone.enc'));
    await truncate(at('short.enc'), 60);
    await truncate(at('shorter.enc'), 20);
    await truncate(at('none.enc'), 0);
    await writeFile(at('long.enc'), 'more', { flag: 'a' });
    await copyFile(at('fine.enc'), at('other.enc'));
    await unlink(at('folder.enc'));
    await mkdir(at('folder.enc'));
    // A byte that a look does not read.
    await overwrite(at('fine.enc'), 50, Uint8Array.of(1, 2, 3));
    const { states, summary, keys } = await fixture.look(folder);
    expect(states).toEqual({
      'fine.envelope': 'opens',
      'gone.envelope': 'body-missing',
      'short.envelope': 'body-cut-short',
      'shorter.envelope': 'body-cut-short',
      'none.envelope': 'body-cut-short',
      'long.envelope': 'body-altered',
      'other.envelope': 'body-foreign',
      'folder.envelope': 'body-foreign',
    });
    expect(summary).toMatchObject({ envelopes: 8, opens: 1, problems: { 'body-cut-short': 3 } });
    // The key would open all of them.
    expect(keys[fixture.engine.local.key]).toMatchObject({ opens: 1, alone: 8, answers: { opens: 8 } });
  });

  it('are found under another name, and by the envelope of another name', async () => {
    await pair('a');
    await pair('b');
    await rename(at('a.enc'), at('x.enc'));
    await rename(at('b.enc'), at('a.enc'));
    const { files } = await fixture.look(folder);
    const bodies = files.map(({ path: file, body = '', problem }) => [
      path.basename(file),
      { body: path.basename(body), problem },
    ]);
    expect(Object.fromEntries(bodies)).toEqual({
      'a.envelope': { body: 'x.enc', problem: undefined },
      'b.envelope': { body: 'a.enc', problem: undefined },
    });
  });

  it('without an envelope are told, and nothing else that is called .enc', async () => {
    await pair('a');
    await pair('b');
    await pair('c');
    await unlink(at('a.envelope'));
    await copyFile(at('b.enc'), at('copy of b.enc'));
    await writeFile(at('c.envelope'), '{}');
    await writeFile(at('foreign.enc'), Buffer.alloc(1000, 1));
    await writeFile(at('empty.enc'), '');
    const { states } = await fixture.look(folder);
    expect(states).toEqual({
      'a.enc': 'envelope-missing',
      'b.envelope': 'opens',
      'c.envelope': 'envelope-damaged',
    });
  });

  it('are matched however many names do not pair', async () => {
    for (let n = 0; n < 9; n += 1) await pair(`${n}`);
    for (let n = 0; n < 9; n += 1) await rename(at(`${n}.enc`), at(`body of ${n}.enc`));
    await unlink(at('0.envelope'));
    await unlink(at('body of 1.enc'));
    const { summary, states } = await fixture.look(folder, {}, {});
    expect(summary).toMatchObject({ envelopes: 8, opens: 7 });
    expect(states).toMatchObject({ 'body of 0.enc': 'envelope-missing', '1.envelope': 'body-missing' });
  });
});

describe('envelopes', () => {
  it('that are none, of a newer version, or changed after sealing are told apart', async () => {
    for (const name of ['newer', 'changed']) await pair(name);
    await writeFile(at('none.envelope'), 'not JSON');
    const { bytes } = await readEnvelopeFile(at('newer.envelope'));
    const text = Buffer.from(bytes).toString();
    await writeFile(at('newer.envelope'), text.replace('envelope/1', 'envelope/2'));
    const changed = Buffer.from((await readEnvelopeFile(at('changed.envelope'))).bytes).toString();
    await writeFile(at('changed.envelope'), changed.replace('"name": "changed"', '"name": "nothing"'));
    const { states } = await fixture.look(folder);
    expect(states).toEqual({
      'none.envelope': 'envelope-damaged',
      'newer.envelope': 'envelope-newer',
      'changed.envelope': 'envelope-altered',
    });
  });

  it('and bodies can be named one by one, each pair once', async () => {
    await pair('a');
    await pair('b');
    await unlink(at('b.envelope'));
    const { states, summary } = await fixture.look({ paths: [at('a.envelope'), at('b.enc')] });
    expect(states).toEqual({ 'a.envelope': 'opens', 'b.enc': 'envelope-missing' });
    expect(summary).toMatchObject({ folders: 0, envelopes: 1 });
    const twice = await fixture.look({ paths: [at('a.envelope'), at('a.enc'), folder, folder] });
    expect(twice.files).toHaveLength(2);
    expect((await fixture.look({ paths: [at('a.envelope'), at('a.enc')] })).files).toHaveLength(1);
  });
});

describe('what cannot be looked at', () => {
  it('is told and stops nothing', async () => {
    await pair('a');
    await pair('b', {}, at('inner'));
    await chmod(at('inner'), 0);
    try {
      const { states, summary } = await fixture.look(folder);
      // Whoever may do everything is not kept out.
      if (process.getuid?.() === 0) expect(summary.opens).toBe(2);
      else expect(states).toEqual({ 'a.envelope': 'opens', inner: 'folder-unreadable' });
    } finally {
      await chmod(at('inner'), 0o700);
    }
  });

  it('are links, which are counted and not followed, also those that lead back', async () => {
    await pair('a');
    await symlink(folder, at('loop'));
    await symlink(at('a.envelope'), at('b.envelope'));
    const { summary } = await fixture.look(folder);
    expect(summary).toMatchObject({ folders: 1, envelopes: 1, links: 2 });
    expect(summary.someLinks.map((link) => path.basename(link)).sort()).toEqual(['b.envelope', 'loop']);
  });

  it('are files that only the cloud has', async () => {
    await pair('a');
    await unlink(at('a.enc'));
    await writeFile(at('.a.enc.icloud'), '');
    await writeFile(at('.b.envelope.icloud'), '');
    const { states, summary } = await fixture.look(folder);
    expect(states).toEqual({ 'a.envelope': 'in-cloud', '.b.envelope.icloud': 'in-cloud' });
    expect(summary.opens).toBe(0);
  });

  it('are folders that are passed over', async () => {
    await pair('a');
    await pair('b', {}, at('copies'));
    const { summary } = await fixture.look({ paths: [folder], exclude: [at('copies')] });
    expect(summary).toMatchObject({ folders: 1, envelopes: 1 });
    expect((await fixture.look({ paths: [at('copies')], exclude: [at('copies')] })).summary.envelopes).toBe(
      1,
    );
  });

  it.runIf(process.platform === 'linux')('are names that are not UTF-8', async () => {
    const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff]), Buffer.from('.envelope')]);
    await writeFile(name, '{}');
    const { files } = await fixture.look(folder);
    expect(files).toMatchObject([{ problem: 'envelope-unreadable', error: { code: 'name-impossible' } }]);
    await rm(name);
  });
});

describe('every byte', () => {
  it('is checked if that is wanted, and what is altered is told', async () => {
    await pair('a');
    await pair('b');
    await pair('c');
    await overwrite(at('b.enc'), 50, Uint8Array.of(1, 2, 3));
    await unlink(at('c.enc'));
    const { states, summary, keys } = await fixture.look(folder, fixture.deep);
    expect(states).toEqual({
      'a.envelope': 'opens',
      'b.envelope': 'body-altered',
      'c.envelope': 'body-missing',
    });
    expect(summary).toMatchObject({ verified: 1, opens: 1 });
    expect(summary.verifiedBytes).toBe('the content of a'.length);
    expect(keys[fixture.engine.local.key]).toMatchObject({ opens: 1, answers: { opens: 3 } });
  });
});

describe('a cancel', () => {
  it('ends it with what was found so far', async () => {
    for (let n = 0; n < 20; n += 1) await pair(`${n}`, {}, at(`folder ${n}`));
    const abort = new AbortController();
    let seen = 0;
    const onFile = (): void => {
      seen += 1;
      if (seen === 3) abort.abort();
    };
    const { summary } = await fixture.look(folder, {}, { onFile, signal: abort.signal });
    expect(summary.cancelled).toBe(true);
    expect(summary.envelopes).toBeGreaterThanOrEqual(3);
    expect(summary.envelopes).toBeLessThan(20);
  });
});

import { createHash } from 'node:crypto';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import { freshFolder } from '../envelope/engine.fixture.ts';
import {
  first,
  forge,
  keysOf,
  type KmsEngine,
  makeKmsEngine,
  second,
  unknownEntry,
} from '../envelope/rewrap.fixture.ts';
import * as atomic from '../files/atomic.ts';
import { Gate } from './gate.ts';
import { donePaths, isUnfinished, listRecords, summarise } from './records.ts';
import { choiceOf, headOf, type Ran, runAgain, runNew, sealMany } from './rewrap-many.fixture.ts';

vi.mock('../files/atomic.ts', { spy: true });

let engine: KmsEngine;
let records: string;

beforeEach(async () => {
  engine = await makeKmsEngine();
  records = path.join(engine.folder, 'changes');
  await engine.keyring.approve(second.key);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await engine[Symbol.asyncDispose]();
});

const states = ({ results }: Ran): Record<string, string> =>
  Object.fromEntries(
    results.map(({ path: file, state, error }) => [path.basename(file), error?.code ?? state]),
  );

/** Everything about a file but its name. */
async function lookAt(file: string): Promise<string> {
  const { ino, mtimeNs, size, mode } = await stat(file, { bigint: true });
  const hash = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  return `${ino} ${mtimeNs} ${size} ${mode} ${hash}`;
}

describe('a run through a folder', () => {
  it('changes who can open, and of the sealed files nothing: not a byte, not the time, not the file', async () => {
    const { folder, envelopes } = await sealMany(engine, 20, [first, engine.local]);
    const bodies = envelopes.map((file) => file.replace(/\.envelope$/, '.enc'));
    const before = await Promise.all(bodies.map(lookAt));
    const choice = choiceOf({ add: [second], remove: [first.key] });
    const ran = await runNew(engine, records, headOf([folder], choice));
    expect(ran.result).toEqual({ changed: 20, already: 0, failed: 0, cancelled: false });
    expect(ran.results[0]).toMatchObject({ verified: true, added: [second.key], removed: [first.key] });
    for (const file of envelopes) expect(await keysOf(file)).toEqual([engine.local.key, second.key]);
    expect(await Promise.all(bodies.map(lookAt))).toEqual(before);
    expect((await readdir(folder)).length).toBe(40);
  });

  it('done again, changes nothing and asks no key', async () => {
    const { folder } = await sealMany(engine, 5, [first, engine.local]);
    const head = headOf([folder], choiceOf({ replace: [{ from: first.key, to: second }] }));
    const ran = await runNew(engine, records, head);
    engine.kms.calls.length = 0;
    const again = await runAgain(engine, ran);
    expect(again.result).toEqual({ changed: 0, already: 5, failed: 0, cancelled: false });
    expect(engine.kms.calls).toEqual([]);
    // What was changed by it stays told as that.
    expect(await summarise(ran.file)).toMatchObject({ changed: 5, already: 0, complete: true });
  });

  it('one bad envelope stops no other, and each is told by its own reason', async () => {
    const { folder, envelopes } = await sealMany(engine, 6, [first, engine.local]);
    const [damaged = '', altered = '', alone = '', newer = '', foreign = ''] = envelopes;
    await writeFile(damaged, 'not an envelope');
    const text = await readFile(altered, 'utf8');
    await writeFile(altered, text.replace('001.txt', '001.exe'));
    await forge(alone, (keys) => keys.slice(0, 1));
    await forge(newer, (keys) => [unknownEntry(), ...keys]);
    await forge(foreign, () => [unknownEntry()]);
    engine.kms.calls.length = 0;
    const choice = choiceOf({ add: [], remove: [first.key] });
    const ran = await runNew(engine, records, headOf([folder], choice));
    expect(states(ran)).toEqual({
      '000.txt.envelope': 'envelope-invalid',
      '001.txt.envelope': 'envelope-altered',
      '002.txt.envelope': 'last-key',
      '003.txt.envelope': 'changed',
      '004.txt.envelope': 'already',
      '005.txt.envelope': 'changed',
    });
    // What mends it is told with it: the copy that is kept.
    for (const file of [damaged, altered]) {
      expect(ran.results.find((one) => one.path === file)?.error?.details).toHaveProperty('copy.keys');
    }
    expect(await readFile(altered, 'utf8')).toContain('001.exe');
    expect(engine.kms.calls.filter((call) => call.startsWith('wrap'))).toEqual([]);
    expect(await summarise(ran.file)).toMatchObject({ changed: 2, already: 1, failed: 3 });
  });

  it('with a key that stops half way, those done stay done and the rest is done again', async () => {
    const { folder, envelopes } = await sealMany(engine, 8, [engine.local]);
    let wraps = 0;
    engine.kms.meanwhile = async () => {
      wraps += 1;
      if (wraps > 3) engine.kms.refusals.set(second.key, 'kms-key-disabled');
      await Promise.resolve();
    };
    const ran = await runNew(engine, records, headOf([folder], choiceOf({ add: [second] })));
    expect(ran.result).toMatchObject({ changed: 3, failed: 5 });
    expect(new Set(ran.results.flatMap(({ error }) => error?.code ?? []))).toEqual(
      new Set(['kms-key-disabled']),
    );
    expect((await listRecords(records)).map(isUnfinished)).toEqual([true]);
    engine.kms.meanwhile = async () => {};
    engine.kms.refusals.clear();
    const rest = await runAgain(engine, ran);
    expect(rest.result).toEqual({ changed: 5, already: 3, failed: 0, cancelled: false });
    for (const file of envelopes) expect(await keysOf(file)).toEqual([engine.local.key, second.key]);
    expect((await listRecords(records)).map(isUnfinished)).toEqual([false]);
  });

  it('cancelled, leaves what it has not begun as it was, and that is done by the next', async () => {
    const { folder } = await sealMany(engine, 40, [engine.local]);
    const abort = new AbortController();
    let seen = 0;
    const ran = await runNew(engine, records, headOf([folder], choiceOf({ add: [second] })), {
      signal: abort.signal,
      onEvent: (event) => {
        if (event.type === 'result' && ++seen === 4) abort.abort();
      },
    });
    expect(ran.result).toMatchObject({ failed: 0, cancelled: true });
    expect(ran.result.changed).toBeLessThan(40);
    expect((await readdir(folder)).every((name) => !name.endsWith('.partial'))).toBe(true);
    expect((await donePaths(ran.file)).size).toBe(ran.result.changed);
    const rest = await runAgain(engine, ran);
    expect(rest.result.changed + ran.result.changed).toBe(40);
    expect(await summarise(ran.file)).toMatchObject({ changed: 40, failed: 0, complete: true });
  });

  it('paused, begins nothing; then goes on', async () => {
    const { folder } = await sealMany(engine, 40, [engine.local]);
    const gate = new Gate();
    const abort = new AbortController();
    let begun = 0;
    engine.kms.meanwhile = async () => {
      begun += 1;
      if (begun === 2) gate.close();
      await Promise.resolve();
    };
    const running = runNew(engine, records, headOf([folder], choiceOf({ add: [second] })), {
      gate,
      signal: abort.signal,
    });
    await vi.waitFor(() => {
      expect(gate.closed).toBe(true);
    });
    // Those that were under way when it was closed are finished, and no other is begun.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const paused = begun;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(begun).toBe(paused);
    expect(begun).toBeLessThan(40);
    gate.open();
    expect((await running).result).toMatchObject({ changed: 40, cancelled: false });
  });

  it('tries again what somebody mends in between, as often as is said', async () => {
    const { folder } = await sealMany(engine, 3, [engine.local]);
    engine.kms.refusals.set(second.key, 'credentials-expired');
    const asked: string[] = [];
    const ran = await runNew(engine, records, headOf([folder], choiceOf({ add: [second] })), {
      again: async ({ code }, file, tries) => {
        asked.push(`${code} ${path.basename(file)} ${tries}`);
        engine.kms.refusals.clear();
        return await Promise.resolve(true);
      },
    });
    expect(ran.result).toMatchObject({ changed: 3, failed: 0 });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked[0]).toMatch(/^credentials-expired 00\d\.txt\.envelope 1$/);
  });
});

describe('envelopes that cannot be written', () => {
  it('stay as they are; the reason says that it is their own folder', async () => {
    const { folder, envelopes } = await sealMany(engine, 2, [engine.local]);
    const before = await Promise.all(envelopes.map(lookAt));
    const refused = new EnvelopeError('target-unwritable', 'read-only', { errno: 'EROFS', path: folder });
    for (const _ of envelopes) vi.mocked(atomic.createPartial).mockRejectedValueOnce(refused);
    const ran = await runNew(engine, records, headOf([folder], choiceOf({ add: [second] })));
    expect(ran.results).toMatchObject([
      { state: 'failed', error: { code: 'target-unwritable', details: { inPlace: 'yes' } } },
      { state: 'failed' },
    ]);
    expect(await Promise.all(envelopes.map(lookAt))).toEqual(before);
  });

  it('changed by somebody else meanwhile are changed as they are then', async () => {
    const { folder, envelopes } = await sealMany(engine, 1, [first, engine.local]);
    const [file = ''] = envelopes;
    engine.kms.meanwhile = async () => {
      engine.kms.meanwhile = async () => {};
      // The key that was to go goes by another hand.
      await forge(file, (keys) => [unknownEntry(), ...keys.slice(1)]);
    };
    const choice = choiceOf({ add: [second], remove: [first.key] });
    const ran = await runNew(engine, records, headOf([folder], choice));
    expect(ran.result).toMatchObject({ changed: 1, failed: 0 });
    expect(await keysOf(file)).toEqual(['unknown', engine.local.key, second.key]);
  });
});

describe('a selection', () => {
  it('of files, bodies and folders is gone through once', async () => {
    const { folder, envelopes } = await sealMany(engine, 3, [engine.local]);
    const [one = ''] = envelopes;
    const body = one.replace(/\.envelope$/, '.enc');
    const moved = await freshFolder(engine);
    await rename(envelopes[2] ?? '', path.join(moved, 'moved.envelope'));
    const paths = [one, body, folder, folder, moved, path.join(folder, 'gone.envelope')];
    const ran = await runNew(engine, records, headOf(paths, choiceOf({ add: [second] })));
    expect(ran.result).toMatchObject({ changed: 3, failed: 1 });
    expect(states(ran)['gone.envelope']).toBe('source-missing');
  });

  it('without an envelope says so', async () => {
    const ran = await runNew(
      engine,
      records,
      headOf([await freshFolder(engine)], choiceOf({ add: [second] })),
    );
    expect(ran.results).toMatchObject([{ error: { code: 'nothing-to-do' } }]);
  });
});

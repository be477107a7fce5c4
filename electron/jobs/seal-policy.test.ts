/** @file Sealing under the policies of folders. */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { ConfirmKeys } from '../policy/keys.ts';
import { Policies } from '../policy/policies.ts';
import { POLICY_FILE } from '../policy/policy.ts';
import type { Wanted } from '../policy/rules.ts';
import { runSeal } from './batch.fixture.ts';
import { planOf } from './plan.ts';
import { survey } from './survey.ts';

const STRANGER = 'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z';

let engine: TestEngine;
let root: string;
let count = 0;
beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});
beforeEach(async () => {
  root = path.join(engine.folder, `policy-${count++}`);
  await mkdir(root);
});

async function write(files: Readonly<Record<string, string | object>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

function policies(chosen: Partial<Wanted['chosen']> = {}, confirm?: ConfirmKeys): Policies {
  const { keyring, settings, local } = engine;
  const labels = chosen.labels ?? {};
  const all = { keys: false, labels, hideNames: undefined, ...chosen };
  return new Policies(
    { keyring, settings, confirm },
    { keys: [local], labels, hideNames: false, chosen: all },
  );
}

/** Relative paths of all envelopes, sorted by folder, then by name: hidden names are chance. */
async function envelopes(): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return names
    .filter((name) => name.endsWith('.envelope'))
    .sort((a, b) => order(path.dirname(a), path.dirname(b)) || order(a, b));
}

const headerOf = async (name: string) => (await readEnvelopeFile(path.join(root, name))).envelope;

describe('a tree with several policies', () => {
  const outer = { version: 1, labels: { project: 'apollo' }, output: { folder: 'sealed' } };
  const tree = {
    'top.txt': '1',
    [POLICY_FILE]: outer,
    'a/x.txt': '2',
    'b/y.txt': '3',
    [`b/${POLICY_FILE}`]: { version: 1, labels: { phase: '2' }, hideNames: true },
    'b/c/z.txt': '4',
  };

  it('seals each file by its nearest one, and leaves the policies readable where they are', async () => {
    await write(tree);
    const { result, events } = await runSeal(engine, [root], { policies: policies(), binOriginals: true });
    expect(result).toMatchObject({ done: 4, failed: 0 });
    const found = await envelopes();
    expect(found).toEqual([
      expect.stringMatching(/^b\/[0-9a-f-]{36}\.envelope$/),
      expect.stringMatching(/^b\/c\/[0-9a-f-]{36}\.envelope$/),
      'sealed/top.txt.envelope',
      'sealed/a/x.txt.envelope',
    ]);
    const [hidden = '', , shown = ''] = found;
    expect((await headerOf(hidden)).header).toMatchObject({ context: { phase: '2' } });
    expect((await headerOf(hidden)).header.content).toHaveProperty('hidden');
    expect((await headerOf(shown)).header.context).toEqual({ project: 'apollo' });
    expect(await readFile(path.join(root, POLICY_FILE), 'utf8')).toBe(JSON.stringify(outer));
    const left = events.flatMap((event) => (event.type === 'left-out' ? [event.what.why] : []));
    expect(left).toEqual(['policy', 'policy']);
  });

  it('is not sealed a second time where its results are', async () => {
    await write(tree);
    await runSeal(engine, [root], { policies: policies() });
    const before = await envelopes();
    const again = await runSeal(engine, [root], { policies: policies(), collision: 'skip' });
    expect(again.result).toMatchObject({ done: 2, skipped: 2, failed: 0 });
    // Hidden names are new ones each time.
    expect((await envelopes()).filter((name) => name.startsWith('sealed/'))).toEqual(
      before.filter((name) => name.startsWith('sealed/')),
    );
  });

  it('is told beforehand: which policy is about how many files, and where they go', async () => {
    await write({ ...tree, 'd/w.txt': '5', [`d/${POLICY_FILE}`]: '{"version":1,"keyz":[]}' });
    const request = { paths: [root], archive: false, collision: 'keep-both' as const, hideNames: false };
    const looking = { ...request, verify: false, binOriginals: false, again: false, policies: policies() };
    const plan = await planOf({ operation: 'seal', request: looking });
    const group = (file: string, more: object): unknown =>
      expect.objectContaining({ path: path.join(root, file), ...more });
    expect(plan.files).toBe(5);
    expect(plan.policies).toHaveLength(3);
    expect(plan.policies).toEqual(
      expect.arrayContaining([
        group(POLICY_FILE, { files: 2, output: path.join(root, 'sealed') }),
        group(`b/${POLICY_FILE}`, { files: 2, hideNames: true }),
        group(`d/${POLICY_FILE}`, { files: 1, error: expect.objectContaining({ code: 'policy-invalid' }) }),
      ]),
    );
    const surveyed = await survey({ ...request, policies: policies() });
    expect(surveyed.policies).toEqual(plan.policies);
    expect(surveyed.ahead).toMatchObject({ files: 8, byFolder: [{ folder: root }] });
  });

  it('is not looked for any further once that is cancelled', async () => {
    await write(tree);
    const request = { paths: [root], archive: false, policies: policies() };
    await expect(survey(request, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('with one that is not right fails the files there, and seals the others', async () => {
    await write({ ...tree, [`b/${POLICY_FILE}`]: '{"version":1,"output":{"folder":"../.."}}' });
    const { result, errors } = await runSeal(engine, [root], { policies: policies() });
    expect(result).toMatchObject({ done: 2, failed: 2 });
    expect(errors).toMatchObject([
      { code: 'policy-invalid', details: { member: 'output' } },
      { code: 'policy-invalid' },
    ]);
    expect(await readFile(path.join(root, 'b/y.txt'), 'utf8')).toBe('3');
    expect(await envelopes()).toEqual(['sealed/top.txt.envelope', 'sealed/a/x.txt.envelope']);
  });

  it('is one pair only if it has one policy', async () => {
    await write(tree);
    const refused = await runSeal(engine, [root], { policies: policies(), archive: true });
    expect(refused.errors).toMatchObject([{ code: 'policy-conflict', details: { conflict: 'archive' } }]);
    const one = await runSeal(engine, [path.join(root, 'b')], { policies: policies(), archive: true });
    expect(one.errors).toEqual([]);
    const [pair = ''] = await envelopes();
    expect((await headerOf(pair)).header.context).toEqual({ phase: '2' });
  });

  it('goes where the user says, if they do', async () => {
    await write(tree);
    const to = path.join(engine.folder, `to-${count}`);
    await runSeal(engine, [path.join(root, 'a')], { policies: policies(), to });
    expect(await envelopes()).toEqual([]);
    expect(await readdir(path.join(to, 'a'))).toContain('x.txt.envelope');
  });
});

describe('keys of a policy', () => {
  const planted = { version: 1, keys: [STRANGER, 'local'] };

  it('that are a stranger’s seal nothing before somebody agrees, once for all files', async () => {
    await write({ [POLICY_FILE]: planted, 'a.txt': '1', 'b.txt': '2', 'c.txt': '3' });
    const refused = await runSeal(engine, [root], { policies: policies() });
    expect(refused.result).toMatchObject({ done: 0, failed: 3 });
    expect(refused.errors[0]).toMatchObject({ code: 'policy-key-unknown', details: { keys: [STRANGER] } });
    expect(await envelopes()).toEqual([]);
    const asked: string[][] = [];
    const confirm: ConfirmKeys = async (_, keys) => {
      asked.push([...keys]);
      return await Promise.resolve('once');
    };
    const agreed = await runSeal(engine, [root], { policies: policies({}, confirm) });
    expect(agreed.result).toMatchObject({ done: 3, failed: 0 });
    expect(asked).toEqual([[STRANGER]]);
    const { keys } = await headerOf('a.txt.envelope');
    expect(keys).toMatchObject([{ key: STRANGER }, { key: engine.local.key }]);
    expect((await engine.settings.load()).policyKeys).toEqual({});
  });

  it('take the place of the defaults, beside those that were chosen', async () => {
    await engine.settings.update((now) => ({ ...now, keyNames: { ...now.keyNames, [STRANGER]: 'Anna' } }));
    await write({ [POLICY_FILE]: { version: 1, keys: ['Anna'] }, 'a.txt': '1', 'b.txt': '2' });
    await runSeal(engine, [path.join(root, 'a.txt')], { policies: policies() });
    expect((await headerOf('a.txt.envelope')).keys).toMatchObject([{ key: STRANGER }]);
    await runSeal(engine, [path.join(root, 'b.txt')], { policies: policies({ keys: true }) });
    const mine: KeyRef = engine.local;
    expect((await headerOf('b.txt.envelope')).keys).toMatchObject([{ key: STRANGER }, { key: mine.key }]);
  });
});

describe('links', () => {
  it.runIf(process.platform !== 'win32')('do not lead a file past the policy of where it lies', async () => {
    await write({
      [`real/${POLICY_FILE}`]: { version: 1, labels: { a: 'b' } },
      'real/x.txt': '1',
      'other/y.txt': '',
    });
    await symlink(path.join(root, 'real/x.txt'), path.join(root, 'other/x.txt'));
    await runSeal(engine, [path.join(root, 'other/x.txt')], { policies: policies() });
    expect(await envelopes()).toEqual(['other/x.txt.envelope']);
    expect((await headerOf('other/x.txt.envelope')).header.context).toEqual({ a: 'b' });
  });

  it.runIf(process.platform !== 'win32')('do not lead results out of the policy’s folder', async () => {
    await write({
      [`w/${POLICY_FILE}`]: { version: 1, output: { folder: 'out' } },
      'w/x.txt': '1',
      'away/y': '',
    });
    await symlink(path.join(root, 'away'), path.join(root, 'w/out'));
    const { errors } = await runSeal(engine, [path.join(root, 'w/x.txt')], { policies: policies() });
    expect(errors).toMatchObject([{ code: 'policy-invalid', details: { problem: 'outside' } }]);
    expect(await readdir(path.join(root, 'away'))).toEqual(['y']);
  });
});

/** @file The work behind the window against the KMS stand-in: connections, their secrets, their keys. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConnectionForm } from '../shared/contract.ts';
import { granted, toSeal } from '../electron/app/services.fixture.ts';
import { SECRET } from './kms-stand-in/connect.ts';
import { connect, connectionForm, freshFiles, useKmsWork } from './work-fixture.ts';

const work = useKmsWork();

describe('connections', () => {
  it('keep their secret out of everything but the key store', async () => {
    await connect(work);
    const view = await work.routes.settings();
    expect(view).toMatchObject({ secrets: { work: 'stored' }, keyStore: { kind: 'real' } });
    work.kms.faults.add({ kind: 'denied' });
    expect(await work.routes.kmsKeys('work')).toMatchObject({
      keys: [],
      error: { code: 'kms-access-denied' },
    });
    const folder = await freshFiles(work, 2);
    await work.desktop.ended(
      await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] })),
    );
    await work.run[Symbol.asyncDispose]();
    const told = JSON.stringify([view, work.desktop.sent]);
    const files = await readdir(path.join(work.home.folder, 'home'), {
      recursive: true,
      withFileTypes: true,
    });
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async (file) => await readFile(path.join(file.parentPath, file.name), 'utf8')),
    );
    expect(texts.length).toBeGreaterThan(2);
    for (const text of [told, ...texts]) expect(text).not.toContain(SECRET);
    await work.begin();
    work.kms.faults.clear();
    expect((await work.routes.kmsKeys('work')).error).toBeUndefined();
  });

  it('store nothing where the key store is weak, and then ask for the secret as for a session that is over', async () => {
    await work.run[Symbol.asyncDispose]();
    work.home.storage.backend = 'basic_text';
    work.home.storage.calls.splice(0);
    await work.begin();
    await connect(work);
    expect(await work.routes.settings()).toMatchObject({
      secrets: { work: 'session' },
      keyStore: { kind: 'weak' },
    });
    expect(await readdir(path.join(work.home.folder, 'home'))).not.toContain('secrets.json');
    expect(work.home.storage.calls).toEqual([]);
    await work.run[Symbol.asyncDispose]();
    await work.begin();
    expect((await work.routes.settings()).secrets).toEqual({});
    const folder = await freshFiles(work, 5);
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    await work.desktop.until(() => work.desktop.prompt?.kind === 'session');
    expect(work.desktop.prompt).toMatchObject({ connection: 'work', error: { code: 'credentials-missing' } });
    await work.routes.saveConnection(connectionForm(work), 'work', { secretAccessKey: SECRET });
    await work.routes.answerPrompt(work.desktop.prompt?.id ?? '', 'retry');
    expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 5 });
  });

  it('are refused with a bad endpoint or name, and nothing is saved', async () => {
    const bad: [Partial<ConnectionForm>, string][] = [
      [{ endpoint: 'http://work.kms.example' }, 'kms-endpoint-refused'],
      [{ name: '' }, 'settings-invalid'],
      [{ region: 'not a region' }, 'settings-invalid'],
      [{ proxy: 'http://user:secret@proxy.example' }, 'settings-invalid'],
    ];
    for (const [more, code] of bad) {
      await expect(
        (async () => await work.routes.saveConnection(connectionForm(work, more)))(),
        code,
      ).rejects.toMatchObject({
        code,
      });
    }
    await connect(work);
    await expect(connect(work)).rejects.toMatchObject({ code: 'settings-invalid' });
    await expect(
      (async () => await work.routes.saveConnection(connectionForm(work), 'other'))(),
    ).rejects.toMatchObject({
      code: 'usage',
    });
    expect((await work.routes.settings()).settings.connections).toHaveLength(1);
  });

  it('are tested step by step', async () => {
    await connect(work);
    await work.routes.testConnection('work', 't1', work.key);
    const steps = work.desktop.sent
      .filter(({ name }) => name === 'testProgress')
      .map(({ payload }) => payload);
    expect(steps).toMatchObject(
      ['credentials', 'identity', 'key', 'generate', 'decrypt'].map((step) => ({
        test: 't1',
        step,
        outcome: { ok: true },
      })),
    );
    work.kms.faults.add({ kind: 'denied', action: 'Decrypt' });
    await work.routes.testConnection('work', 't2', work.key);
    expect(work.desktop.sent.at(-1)).toMatchObject({
      payload: { test: 't2', step: 'decrypt', outcome: { ok: false, error: { code: 'kms-access-denied' } } },
    });
  });

  it('take and drop their names, secrets and certificates', async () => {
    await connect(work);
    const ca = path.join(work.home.folder, 'ca.pem');
    await writeFile(ca, '-----BEGIN CERTIFICATE-----\n');
    const [grant = ''] = await granted(work.desktop, ca);
    await work.routes.saveConnection(
      connectionForm(work, { name: 'office', ca: { kind: 'picked', grant } }),
      'work',
    );
    const view = await work.routes.saveConnection(
      connectionForm(work, { name: 'office', ca: { kind: 'keep' } }),
      'office',
    );
    expect(view.settings.connections).toMatchObject([{ name: 'office', caFile: ca }]);
    expect(view.secrets).toEqual({ office: 'stored' });
    // Another access key, whose secret it is not.
    const other = connectionForm(work, {
      name: 'office',
      credentials: { kind: 'keys', accessKeyId: 'AKIAOTHER' },
    });
    expect((await work.routes.saveConnection(other, 'office')).secrets).toEqual({});
    expect(await work.routes.removeConnection('office')).toMatchObject({
      settings: { connections: [] },
      secrets: {},
    });
  });
});

describe('KMS keys', () => {
  it('are listed, made, named, chosen as default, and used', async () => {
    await connect(work);
    const made = await work.routes.createKmsKey({
      connection: 'work',
      alias: 'alias/team',
      description: 'Envelope',
      multiRegion: false,
      rotationDays: 365,
    });
    expect(made).toMatchObject({ name: 'alias/team', state: 'Enabled', rotation: true, connection: 'work' });
    expect((await work.routes.kmsKeys('work')).keys).toMatchObject([
      { key: made.key, canSeal: true, isDefault: false },
    ]);
    await work.routes.changeSettings({ defaultKeys: [made.key] });
    const folder = await freshFiles(work, 1);
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder)));
    expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 1 });
    expect(work.desktop.rowsOf(batch)).toMatchObject([{ keys: ['alias/team'], requestIds: { length: 1 } }]);
    await work.routes.renameKey(made.key, 'Team');
    expect((await work.routes.kmsKeys('work')).keys).toMatchObject([{ name: 'Team', isDefault: true }]);
  });

  it('are sought in every connection', async () => {
    await connect(work, { name: 'first', region: 'us-east-1' });
    await connect(work, { name: 'second' });
    work.kms.faults.add({ kind: 'refuse', name: 'NotFoundException', region: 'us-east-1' });
    const folder = await freshFiles(work, 2);
    const batch = await work.routes.start(toSeal(await granted(work.desktop, folder), { keys: [work.key] }));
    expect(await work.desktop.ended(batch)).toMatchObject({ doneFiles: 2 });
  });
});

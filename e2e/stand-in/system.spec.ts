/** @file The system's side of the stand-in: instances, files opened, dialogs, the bin, theme, menu, windows, key stores. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { backend, backendEnvironment } from '../desktop/backend.ts';
import { answerDialog, recordedCalls } from '../desktop/record.ts';
import { test, type Sample } from './sample/fixture.ts';

const run = promisify(execFile);

const startAgain = async (sample: Sample, last: string): Promise<void> => {
  const args = [...sample.commandLine, '--no-sandbox', last];
  await run(backend.program, args, { env: { ...process.env, ...backendEnvironment() }, cwd: sample.folder });
};

test('later instances hand their data over and end', async ({ sample }) => {
  await Promise.all(['one', 'two', 'three'].map(async (last) => await startAgain(sample, last)));
  await expect.poll(async () => (await sample.happened()).second.length).toBe(3);
  const { second } = await sample.happened();
  expect(second.map(({ last }) => last).sort()).toEqual(['one', 'three', 'two']);
  for (const { last, data, workingDirectory } of second) {
    expect({ data, workingDirectory }).toEqual({ data: { said: last }, workingDirectory: sample.folder });
  }
});

test('the lock of a crashed instance binds nobody', async ({ stopped }) => {
  mkdirSync(stopped.userData, { recursive: true });
  // No process has this number: Linux ends at 2^22.
  writeFileSync(path.join(stopped.userData, 'SingletonLock'), String(2 ** 22 + 1));
  await stopped.launch();
  expect(await stopped.app.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
});

test('files opened before and after ready', async ({ stopped }) => {
  await stopped.launch({ STANDIN_OPEN_FILES: '/a b\n/c' });
  await stopped.app.evaluate(({ app }) => {
    app.emit('open-file', { preventDefault: () => {} }, '/later');
  });
  expect((await stopped.happened()).opened).toEqual([
    [false, '/a b'],
    [false, '/c'],
    [true, '/later'],
  ]);
});

test('a dialog is answered by the test, and fails at once without an answer', async ({ sample }) => {
  const pick = async (): Promise<unknown> =>
    await sample.page.evaluate(
      async () => await window.sample.ask('pick').catch((error: unknown) => String(error)),
    );
  await answerDialog(sample.app, 'dialog.showOpenDialog', { canceled: false, filePaths: ['/x'] });
  expect(await pick()).toEqual(['/x']);
  expect(await pick()).toContain('nobody has answered dialog.showOpenDialog');
  const asked = { what: 'dialog.showOpenDialog', args: [{ properties: ['openFile'] }] };
  expect(await recordedCalls(sample.app, 'dialog.showOpenDialog')).toEqual([asked, asked]);
});

test('the bin is a folder', async ({ stopped }) => {
  const bin = path.join(stopped.folder, 'bin');
  const folder = path.join(stopped.folder, 'folder');
  await stopped.launch({ STANDIN_TRASH: bin });
  for (const content of ['first', 'second']) {
    mkdirSync(folder);
    writeFileSync(path.join(folder, content), '');
    await stopped.page.evaluate(async (file) => await window.sample.ask('bin', file), folder);
    expect(existsSync(folder)).toBe(false);
  }
  expect(readdirSync(bin).sort()).toEqual(['folder', 'folder.2']);
  expect(readdirSync(path.join(bin, 'folder.2'))).toEqual(['second']);
});

test('the menu and the theme reach the page', async ({ sample }) => {
  const { app, page } = sample;
  const isDark = async (): Promise<boolean> =>
    await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(await isDark()).toBe(false);
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('dark')!.click());
  await expect.poll(isDark).toBe(true);
  expect(await app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
});

test('a window is shown, titled, hidden, sized, refuses to close, and closes', async ({ sample }) => {
  const { app, page } = sample;
  const window = await app.browserWindow(page);
  await expect
    .poll(async () => await window.evaluate((own) => own.isVisible() && own.isFocused()))
    .toBe(true);
  await page.evaluate(() => (document.title = 'Renamed'));
  await expect.poll(async () => await window.evaluate((own) => own.getTitle())).toBe('Renamed');
  const heard = await window.evaluate((own) => {
    const names: string[] = [];
    for (const name of ['hide', 'show', 'minimize', 'restore', 'blur', 'focus']) {
      own.on(name, () => names.push(name));
    }
    own.hide();
    own.show();
    own.minimize();
    own.restore();
    return names;
  });
  expect(heard).toEqual(['blur', 'hide', 'show', 'focus', 'blur', 'minimize', 'restore']);
  await window.evaluate((own) => own.setContentSize(400, 450));
  await expect.poll(async () => await page.evaluate(() => [innerWidth, innerHeight])).toEqual([500, 450]);
  const survived = await window.evaluate((own) => {
    own.once('close', (event: Electron.Event) => event.preventDefault());
    own.close();
    return !own.isDestroyed();
  });
  expect(survived).toBe(true);
});

test('what nobody imitates says so', async ({ sample }) => {
  const said = await sample.app.evaluate(({ app, clipboard, dialog, BrowserWindow }) => {
    const attempts: (() => unknown)[] = [
      () => app.getFileIcon('/x'),
      () => clipboard.readText(),
      () => dialog.showMessageBoxSync({ message: '' }),
      () => BrowserWindow.getAllWindows()[0]!.setOpacity(1),
      () => new BrowserWindow({ webPreferences: { sandbox: false } }),
    ];
    return attempts.map((attempt) => {
      try {
        return attempt();
      } catch (error) {
        return String(error);
      }
    });
  });
  expect(said).toEqual([
    'Error: stand-in: app.getFileIcon is not implemented',
    'Error: stand-in: clipboard.readText is not implemented',
    'Error: stand-in: dialog.showMessageBoxSync is not implemented',
    'Error: stand-in: BrowserWindow.setOpacity is not implemented',
    'Error: stand-in: webPreferences.sandbox: false is not implemented',
  ]);
});

for (const [store, expected] of [
  [
    'real',
    { available: true, backend: 'gnome_libsecret', round: { result: 'sécret', shouldReEncrypt: false } },
  ],
  [
    'basic_text',
    { available: true, backend: 'basic_text', round: { result: 'sécret', shouldReEncrypt: false } },
  ],
  [
    'unanswered',
    { available: true, backend: 'gnome_libsecret', round: { result: 'sécret', shouldReEncrypt: false } },
  ],
  ['none', { available: false, backend: 'basic_text', round: 'Error: Encryption is not available.' }],
] as const) {
  test(`a system with the key store ${store}`, async ({ stopped }) => {
    await stopped.launch({ STANDIN_KEY_STORE: store });
    const found = await stopped.app.evaluate(async ({ safeStorage }) => ({
      available: await safeStorage.isAsyncEncryptionAvailable(),
      backend: safeStorage.getSelectedStorageBackend(),
      round: await safeStorage
        .encryptStringAsync('sécret')
        .then(async (bytes) => await safeStorage.decryptStringAsync(bytes), String),
    }));
    expect(found).toEqual(expected);
  });
}

test('it says what it is, and ends in good order', async ({ sample }) => {
  const { app } = sample;
  const versions = await app.evaluate(({ app: own }) => [
    own.getVersion(),
    own.getName(),
    own.isPackaged,
    process.versions.electron,
  ]);
  expect(versions).toEqual(['1.2.3', 'Sample', false, '45.4.1']);
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ app: own }) => own.quit());
  expect(await ended).toBe(0);
  expect(existsSync(path.join(sample.userData, 'SingletonLock'))).toBe(false);
});

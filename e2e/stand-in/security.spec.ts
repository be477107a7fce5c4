/** @file Where the app may say no, the stand-in asks it and heeds the answer; where it does not say no, things happen. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { test as sampleTest, type Sample } from './sample/fixture.ts';

/** A server on loopback that notes what reaches it, and sends whoever asks for `/let-through` elsewhere. */
class Outside {
  readonly reached: string[] = [];
  readonly #server: Server = createServer((request, response) => {
    this.reached.push(request.url ?? '');
    if (request.url === '/let-through') response.writeHead(302, { location: '/elsewhere' }).end();
    else response.end('outside');
  });

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

const test = sampleTest.extend<{ outside: Outside }>({
  outside: async ({}, use) => {
    const outside = new Outside();
    await outside.listen();
    await use(outside);
    await outside.close();
  },
});

/** What the main process loads is not the page's own wish, so no listener keeps the page from it. */
const load = async (sample: Sample, url: string): Promise<string> =>
  await sample.app.evaluate(
    async ({ BrowserWindow }, target) =>
      await BrowserWindow.getAllWindows()[0]!
        .loadURL(target)
        .then(() => 'loaded', String),
    url,
  );

test('a page stays where it is, by link and by script', async ({ sample }) => {
  const { page } = sample;
  await page.getByRole('link', { name: 'Elsewhere' }).click();
  const wanted = ['will-frame-navigate', 'https://example.com/elsewhere'];
  await expect.poll(async () => (await sample.happened()).refused).toEqual([wanted]);
  await page.evaluate(() => void (location.href = 'https://example.com/script'));
  await expect.poll(async () => (await sample.happened()).refused).toHaveLength(2);
  await expect(page.getByRole('heading', { name: 'Sample' })).toBeVisible();
});

test('a frame within the page stays where it is', async ({ sample }) => {
  await sample.page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/frame';
    document.body.append(frame);
  });
  await expect
    .poll(async () => (await sample.happened()).refused)
    .toEqual([['will-frame-navigate', 'https://example.com/frame']]);
});

test('no window opens, however it is asked for', async ({ sample }) => {
  const { app, page } = sample;
  await page.getByRole('link', { name: 'Window' }).click();
  await page.getByRole('link', { name: 'Elsewhere' }).click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('link', { name: 'Elsewhere' }).click({ button: 'middle' });
  await page.evaluate(() => void window.open('https://example.com/script'));
  await expect
    .poll(async () => (await sample.happened()).refused)
    .toEqual([
      ['window', 'https://example.com/window'],
      ['window', 'https://example.com/elsewhere'],
      ['window', 'https://example.com/elsewhere'],
      ['window', 'https://example.com/script'],
    ]);
  expect(app.windows()).toHaveLength(1);
});

test('a cancelled request reaches nobody', async ({ sample, outside }) => {
  const url = `${outside.origin}/blocked`;
  const ends = await sample.page.evaluate(
    async (target) => await fetch(target).then(() => 'reached', String),
    url,
  );
  expect(ends).toContain('Failed to fetch');
  expect(await load(sample, url)).toContain('ERR_BLOCKED_BY_CLIENT');
  expect(outside.reached).toEqual([]);
  expect((await sample.happened()).refused).toEqual([
    ['request', url, 'xhr'],
    ['request', url, 'mainFrame'],
  ]);
});

test('a request that nobody cancels goes through, and its redirect is asked about', async ({
  sample,
  outside,
}) => {
  expect(await load(sample, `${outside.origin}/let-through`)).toContain('ERR_ABORTED');
  expect(outside.reached).toEqual(['/let-through']);
  expect((await sample.happened()).refused).toEqual([['will-redirect', `${outside.origin}/elsewhere`]]);
});

test('the handlers of a session decide over permissions', async ({ sample }) => {
  const state = async (): Promise<string> =>
    await sample.page.evaluate(
      async () => (await navigator.permissions.query({ name: 'geolocation' })).state,
    );
  expect(await state()).toBe('denied');
  await sample.app.evaluate(({ session }) => {
    const own = session.fromPartition('sample', { cache: false });
    own.setPermissionRequestHandler(null);
    own.setPermissionCheckHandler(null);
  });
  await sample.page.reload();
  expect(await state()).toBe('granted');
});

test('the headers of a response are those that the app left', async ({ sample }) => {
  const header = await sample.page.evaluate(async () => (await fetch('page.js')).headers.get('x-sample'));
  expect(header).toBe('yes');
});

/** @file What the page must not be able to do: a test for every line marked SECURITY in electron/app and electron/ipc. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callNames, type Client, linkIds } from '../../shared/contract.ts';
import { expect, test, type Desktop } from './fixture.ts';

declare global {
  /** Whether each download was prevented. */
  var downloads: boolean[] | undefined;
  interface Window {
    readonly envelope?: Client;
  }
}

/** A server that nobody may reach, and what reached it all the same. */
async function listen(): Promise<{ server: Server; url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

const addressOf = async (desktop: Desktop): Promise<string | undefined> =>
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());

test.beforeEach(async ({ desktop }) => {
  await expect(desktop.page.getByRole('main')).toBeVisible();
});

test('the page has the names of the contract and nothing of Node or Electron', async ({ desktop }) => {
  const found = await desktop.page.evaluate(() => ({
    names: Object.keys(window.envelope ?? {}).sort(),
    others: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
      (name) => name in window,
    ),
  }));
  expect(found).toEqual({ names: [...callNames, 'grant', 'on'].sort(), others: [] });
});

test('the page subscribes to the events of the contract only', async ({ desktop }) => {
  const refused = await desktop.page.evaluate(() =>
    ['settings', 'ELECTRON_BROWSER_REQUEST', 'constructor', ''].map((name) => {
      try {
        const on = window.envelope?.on as unknown as
          ((name: string, listener: () => void) => void) | undefined;
        on?.(name, () => {});
        return 'taken';
      } catch {
        return 'refused';
      }
    }),
  );
  expect(new Set(refused)).toEqual(new Set(['refused']));
});

test('a path is no grant, and what the page makes up is refused', async ({ desktop }) => {
  const codes = await desktop.page.evaluate(async () => {
    const ask = window.envelope as unknown as Record<
      string,
      (...args: unknown[]) => Promise<{ ok: boolean; error?: { code: string } }>
    >;
    const answers = await Promise.all([
      ask['card']?.('/etc/passwd'),
      ask['card']?.({ path: '/etc/passwd' }),
      ask['openLink']?.('https://evil.test/'),
      ask['grant']?.(['/etc/passwd']),
    ]);
    return answers.map((answer) => answer?.error?.code);
  });
  expect(codes).toEqual(['usage', 'usage', 'usage', undefined]);
  expect(desktop.output).toContain('refused openLink: malformed');
  expect(desktop.output).not.toContain('evil.test');
});

test('a file that a page made, or a name, has no place on disk', async ({ desktop }) => {
  const granted = await desktop.page.evaluate(
    async () => await window.envelope?.grant([new File(['x'], 'made.txt'), '/etc/passwd']),
  );
  expect(granted).toMatchObject({
    ok: true,
    value: {
      grants: [],
      refused: [
        { name: 'made.txt', error: { code: 'source-missing', details: { why: 'no-place' } } },
        { name: '', error: { code: 'source-missing', details: { why: 'no-place' } } },
      ],
    },
  });
});

test('the policy stops foreign code, inline styles, text as markup, frames and the network', async ({
  desktop,
}) => {
  const stopped = await desktop.page.evaluate(async () => {
    const violated: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
    const attempts: (() => unknown)[] = [
      () =>
        document.head.append(
          Object.assign(document.createElement('link'), {
            rel: 'modulepreload',
            href: 'https://evil.test/a.js',
          }),
        ),
      () => {
        document.createElement('div').innerHTML = '<b>';
      },
      () => document.body.append(Object.assign(document.createElement('style'), { textContent: 'a{}' })),
      () =>
        document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://evil.test/' })),
      () =>
        document.body.append(
          Object.assign(document.createElement('img'), { src: 'https://evil.test/a.png' }),
        ),
      () => void fetch('https://evil.test/').catch(() => {}),
    ];
    for (const attempt of attempts) {
      try {
        attempt();
      } catch {
        // Some are refused on the spot, too.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    return [...new Set(violated)].sort();
  });
  expect(stopped).toEqual(
    [
      'connect-src',
      'frame-src',
      'img-src',
      'require-trusted-types-for',
      'script-src-elem',
      'style-src-elem',
    ].sort(),
  );
});

test('no request leaves, not even one of the main process for the page', async ({ desktop }) => {
  const { server, url, asked } = await listen();
  try {
    const failed = await desktop.app.evaluate(
      async ({ BrowserWindow }, url) =>
        await BrowserWindow.getAllWindows()[0]
          ?.webContents.loadURL(url)
          .then(
            () => 'loaded',
            () => 'failed',
          ),
      url,
    );
    expect(failed).toBe('failed');
    expect(asked).toEqual([]);
  } finally {
    server.close();
  }
});

test('the page goes nowhere: by link, script, form or new window', async ({ desktop }) => {
  const { server, url, asked } = await listen();
  try {
    const before = await addressOf(desktop);
    await desktop.page.evaluate((url) => {
      const link = Object.assign(document.createElement('a'), { href: url });
      const blank = Object.assign(document.createElement('a'), { href: url, target: '_blank' });
      const form = Object.assign(document.createElement('form'), { action: url });
      document.body.append(link, blank, form);
      for (const go of [() => link.click(), () => blank.click(), () => form.submit(), () => void open(url)])
        go();
      location.href = url;
    }, url);
    await desktop.page.waitForTimeout(500);
    expect(await addressOf(desktop)).toBe(before);
    expect(desktop.app.windows()).toHaveLength(1);
    // The stand-in opens none; it says which it was not kept from opening.
    expect(desktop.output).not.toContain('a second window');
    expect(asked).toEqual([]);
    expect(await desktop.recordedCalls('shell.openExternal')).toEqual([]);
  } finally {
    server.close();
  }
});

test('nothing is saved by a download, of whatever it is made', async ({ desktop }) => {
  await desktop.app.evaluate(({ BrowserWindow }) => {
    globalThis.downloads = [];
    const own = BrowserWindow.getAllWindows()[0]?.webContents.session;
    own?.on('will-download', (event) => globalThis.downloads?.push(event.defaultPrevented));
  });
  await desktop.page.evaluate(() => {
    const href = URL.createObjectURL(new Blob(['made up']));
    const link = Object.assign(document.createElement('a'), { href, download: 'made-up.txt' });
    document.body.append(link);
    link.click();
  });
  await expect.poll(async () => await desktop.app.evaluate(() => globalThis.downloads)).toEqual([true]);
});

test('a subscription ends when the page says so', async ({ desktop }) => {
  const heard = await desktop.page.evaluate(async () => {
    const client = window.envelope;
    let count = 0;
    const stop = client?.on('settingsChanged', () => (count += 1));
    await client?.changeSettings({ hideNames: true });
    stop?.();
    await client?.changeSettings({ hideNames: false });
    return count;
  });
  expect(heard).toBe(1);
});

test('every permission is denied', async ({ desktop }) => {
  const states = await desktop.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const asked = await Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
    );
    return [...asked, await Notification.requestPermission()];
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
});

test('links are opened by name, and lead where the table says', async ({ desktop }) => {
  for (const id of linkIds) {
    const answer = await desktop.page.evaluate(async (id) => await window.envelope?.openLink(id), id);
    expect(answer).toMatchObject({ ok: true });
  }
  const external = await desktop.recordedCalls('shell.openExternal');
  expect(external.map(({ args }) => args[0])).toEqual([
    'https://aws.amazon.com/kms/pricing/',
    'https://console.aws.amazon.com/',
  ]);
});

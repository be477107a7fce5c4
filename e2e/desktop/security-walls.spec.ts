/**
 * @file Each wall by itself. Behind one another, one that has fallen is not seen from within the page; so the others are
 * taken down here in the main process, and the one that is left has to hold.
 */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from '../../shared/contract.ts';
import { backend } from './backend.ts';
import { expect, test as base, type Desktop } from './fixture.ts';

declare global {
  interface Window {
    readonly envelope?: Client;
    /** Lives as long as the document. */
    sameDocument?: true;
  }
}

/** Without the wall behind all others: the proxy that nobody is, which Chromium's own switch takes down (security.ts). */
const test = base.extend({
  desktop: async ({ stopped }, use) => {
    await stopped.launch({ args: ['--no-proxy-server'] });
    await use(stopped);
  },
});

type Outside = { url: string; asked: string[] } & AsyncDisposable;

/** A server that writes down what it is asked. */
async function outside(answer: RequestListener): Promise<Outside> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, [Symbol.asyncDispose]: async () => void (await Promise.resolve(server.close())) };
}

/** From now on the page may ask the network. */
async function openNetwork({ app }: Desktop): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.session.webRequest.onBeforeRequest(null);
  });
}

const mark = async ({ page }: Desktop): Promise<void> => {
  await page.evaluate(() => void (window.sameDocument = true));
};

const isSame = async ({ page }: Desktop): Promise<boolean> =>
  await page.evaluate(() => window.sameDocument === true);

test.beforeEach(async ({ desktop }) => {
  await expect(desktop.page.getByRole('main')).toBeVisible();
});

for (const [wall, other] of [
  ['will-navigate', 'will-frame-navigate'],
  ['will-frame-navigate', 'will-navigate'],
] as const) {
  test(`${wall} alone keeps the page where it is, also within its own address`, async ({ desktop }) => {
    await desktop.app.evaluate(
      ({ BrowserWindow }, name) =>
        void BrowserWindow.getAllWindows()[0]?.webContents.removeAllListeners(name),
      other,
    );
    await mark(desktop);
    await desktop.page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: '?link' });
      document.body.append(link);
      link.click();
      location.href = '?script';
    });
    await desktop.page.waitForTimeout(500);
    expect(await isSame(desktop)).toBe(true);
    expect(desktop.page.url()).not.toContain('?');
  });
}

test('a redirect is not followed, even where the network is open', async ({ desktop }) => {
  await using server = await outside((request, response) => {
    if (request.url === '/from') response.writeHead(302, { Location: '/to' });
    response.end('<title>elsewhere</title>');
  });
  await openNetwork(desktop);
  await desktop.app.evaluate(async ({ BrowserWindow }, url) => {
    await BrowserWindow.getAllWindows()[0]
      ?.webContents.loadURL(url)
      .catch(() => {});
  }, `${server.url}/from`);
  expect(server.asked).toEqual(['/from']);
});

test('the policy alone keeps the page from the network', async ({ desktop }) => {
  await using server = await outside((_request, response) => response.end('x'));
  await openNetwork(desktop);
  await desktop.page.evaluate(async (url) => {
    await fetch(`${url}/fetch`).catch(() => {});
    navigator.sendBeacon(`${url}/beacon`);
    document.body.append(Object.assign(new Image(), { src: `${url}/image` }));
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${url}/style` }),
      Object.assign(document.createElement('link'), { rel: 'prefetch', href: `${url}/prefetch` }),
    );
    for (const [tag, where] of [
      ['iframe', 'src'],
      ['embed', 'src'],
      ['video', 'src'],
      ['script', 'src'],
      ['object', 'data'],
    ] as const) {
      try {
        document.body.append(Object.assign(document.createElement(tag), { [where]: `${url}/${tag}` }));
      } catch {
        // Addresses of code are refused on the spot.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }, server.url);
  expect(server.asked).toEqual([]);
});

test('the policy is this one, to the letter, and its nonce is new each time', async ({ desktop }) => {
  const read = async (): Promise<string> =>
    await desktop.page.evaluate(
      async () =>
        await new Promise<string>((resolve) => {
          const heard = (event: SecurityPolicyViolationEvent): void => resolve(event.originalPolicy);
          document.addEventListener('securitypolicyviolation', heard, { once: true });
          document.body.append(Object.assign(new Image(), { src: 'https://evil.test/a.png' }));
        }),
    );
  const nonce = /'nonce-([\w+/=]{22,})'/;
  const first = await read();
  expect(first.replace(nonce, "'nonce'").split('; ').sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'none'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "script-src 'self'",
    "style-src 'self' 'nonce'",
    "trusted-types 'none'",
  ]);
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await expect(desktop.page.getByRole('main')).toBeVisible();
  expect(nonce.exec(await read())?.[1]).not.toBe(nonce.exec(first)?.[1]);
});

test('a page that is not ours gets no answer, though it has the preload', async ({ desktop }) => {
  await openNetwork(desktop);
  await desktop.app.evaluate(async ({ BrowserWindow }) => {
    await BrowserWindow.getAllWindows()[0]?.webContents.loadURL('about:blank');
  });
  const answers = await desktop.page.evaluate(async () => {
    const client = window.envelope;
    if (client === undefined) return ['nothing to ask with'];
    const all = await Promise.all([client.settings(), client.jobs(), client.grant([])]);
    return all.map((answer) => (answer.ok ? 'answered' : answer.error.code));
  });
  expect(answers).toEqual(['usage', 'usage', 'usage']);
  expect(desktop.output).toContain('refused settings: foreign');
});

test('no webview is let in, whatever it asks for', async ({ desktop }) => {
  expect(await desktop.page.evaluate(() => 'loadURL' in document.createElement('webview'))).toBe(false);
  const prevented = await desktop.app.evaluate(({ BrowserWindow }) => {
    let prevented = false;
    const event = { preventDefault: () => void (prevented = true) };
    BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event, {}, { src: 'x' });
    return prevented;
  });
  expect(prevented).toBe(true);
});

/** The page again, with the handlers that there are now. */
async function reload(desktop: Desktop): Promise<void> {
  await desktop.page.reload();
  await expect(desktop.page.getByRole('main')).toBeVisible();
}

test('a permission that would only be looked up is refused where it is asked for', async ({ desktop }) => {
  await desktop.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.session.setPermissionCheckHandler(() => true);
  });
  await reload(desktop);
  const answers = await desktop.page.evaluate(async () => {
    const refused = async (asked: Promise<unknown>): Promise<string> =>
      await asked.then(
        () => 'granted',
        () => 'refused',
      );
    const position = new Promise((resolve, reject) => {
      navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 2_000 });
    });
    const sound = navigator.mediaDevices.getUserMedia({ audio: true });
    const names = ['geolocation', 'notifications', 'microphone'] as PermissionName[];
    return {
      asked: await Promise.all([refused(position), refused(sound)]),
      notified: await Notification.requestPermission(),
      // Chromium of the stand-in asks nobody in between: what was refused once, it says to who looks it up as well.
      looked: await Promise.all(
        names.map(async (name) => (await navigator.permissions.query({ name })).state),
      ),
    };
  });
  expect(answers.asked).toEqual(['refused', 'refused']);
  expect(answers.notified).toBe('denied');
  if (backend.kind === 'stand-in') expect(new Set(answers.looked)).toEqual(new Set(['denied']));
});

test('a permission that would be granted when asked for is refused where it is looked up', async ({
  desktop,
}) => {
  await desktop.app.evaluate(({ BrowserWindow }) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    session?.setPermissionRequestHandler((_contents, _permission, answer) => answer(true));
  });
  await reload(desktop);
  const states = await desktop.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'clipboard-read', 'midi'] as PermissionName[];
    return await Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
});

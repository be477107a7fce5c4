/**
 * @file A script that got into the page, whatever let it in, and every way out that Chromium offers: none of them reaches
 * the network, another origin or the disk, and what the contract gives it names no path and shows no secret.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { callNames, type Client } from '../../shared/contract.ts';
import { expect, test } from './fixture.ts';
import { rowIn } from './person.ts';

declare global {
  interface Window {
    readonly envelope?: Client;
  }
}

/** Whatever arrives at this machine, over TCP or UDP: more than requests. */
async function listen(): Promise<AsyncDisposable & { tcp: number; udp: number; arrived: string[] }> {
  const arrived: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    arrived.push('tcp');
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => arrived.push(bytes.toString('latin1').slice(0, 80)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = createSocket('udp4', () => arrived.push('udp'));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    tcp: (server.address() as AddressInfo).port,
    udp: socket.address().port,
    arrived,
    async [Symbol.asyncDispose]() {
      socket.close();
      for (const one of sockets) one.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Runs in the page. @returns the attempts that threw nothing, of which the listener tells whether they got anywhere */
async function tryEverything({ tcp, udp }: { tcp: number; udp: number }): Promise<string[]> {
  const http = `http://127.0.0.1:${tcp}/`;
  const ws = `ws://127.0.0.1:${tcp}/`;
  const element = (tag: string, members: object): void =>
    document.body.append(Object.assign(document.createElement(tag), members));
  const attempts: Record<string, () => unknown> = {
    fetch: async () => await fetch(http, { mode: 'no-cors' }),
    keepalive: async () => await fetch(http, { mode: 'no-cors', keepalive: true, method: 'POST', body: 'x' }),
    XMLHttpRequest: () => {
      const request = new XMLHttpRequest();
      request.open('POST', http);
      request.send('x');
    },
    WebSocket: () => new WebSocket(ws),
    EventSource: () => new EventSource(http),
    WebTransport: () => new WebTransport(`https://127.0.0.1:${udp}/`).ready.catch(() => {}),
    beacon: () => navigator.sendBeacon(http, 'x'),
    import: async () => await import(`${http}a.js`),
    worker: () => new Worker(`${http}a.js`),
    'worker of a blob': () => new Worker(URL.createObjectURL(new Blob([`fetch(${JSON.stringify(http)})`]))),
    'service worker': async () => await navigator.serviceWorker.register(`${http}a.js`),
    image: () => (new Image().src = http),
    audio: async () => await new Audio(http).play(),
    video: () => element('video', { src: http, autoplay: true }),
    frame: () => element('iframe', { src: http }),
    'frame of a text': () => element('iframe', { srcdoc: `<img src="${http}">` }),
    object: () => element('object', { data: http }),
    embed: () => element('embed', { src: http }),
    script: () => element('script', { src: `${http}a.js` }),
    ...Object.fromEntries(
      [
        'stylesheet',
        'preload',
        'prefetch',
        'prerender',
        'preconnect',
        'dns-prefetch',
        'modulepreload',
        'icon',
      ].map((rel) => [`link ${rel}`, () => element('link', { rel, href: http, as: 'image' })]),
    ),
    'style rule': () => document.styleSheets[0]?.insertRule(`body { background: url(${http}) }`),
    'style import': () => document.styleSheets[0]?.insertRule(`@import url(${http})`),
    font: async () => await new FontFace('x', `url(${http})`).load(),
    ping: () => {
      const link = Object.assign(document.createElement('a'), { href: '#', ping: http });
      document.body.append(link);
      link.click();
    },
    speculation: () =>
      element('script', { type: 'speculationrules', text: `{"prefetch":[{"urls":["${http}"]}]}` }),
    form: () => {
      const form = Object.assign(document.createElement('form'), { action: http, method: 'post' });
      document.body.append(form);
      form.submit();
    },
    window: () => open(http),
    WebRTC: async () => {
      const connection = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${udp}` },
          ...['turn', 'turns'].map((scheme) => ({
            urls: `${scheme}:127.0.0.1:${tcp}?transport=tcp`,
            username: 'what was stolen',
            credential: 'x',
          })),
        ],
      });
      connection.createDataChannel('x');
      await connection.setLocalDescription(await connection.createOffer());
    },
    location: () => (location.href = http),
  };
  const unopposed: string[] = [];
  for (const [name, attempt] of Object.entries(attempts)) {
    try {
      await Promise.race([attempt(), new Promise((resolve) => setTimeout(resolve, 300))]);
      unopposed.push(name);
    } catch {
      // Refused on the spot.
    }
  }
  return unopposed;
}

test.beforeEach(async ({ desktop }) => {
  await expect(desktop.page.getByRole('main')).toBeVisible();
});

test('no way out of the page leads to the network', async ({ desktop }) => {
  await using outside = await listen();
  const unopposed = await desktop.page.evaluate(tryEverything, { tcp: outside.tcp, udp: outside.udp });
  // Time for what was only begun: WebRTC asks again and again.
  await desktop.page.waitForTimeout(3000);
  expect(outside.arrived).toEqual([]);
  for (const name of ['fetch', 'import', 'service worker', 'font']) {
    expect(unopposed).not.toContain(name);
  }
  const shown = await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
  );
  expect(shown).toEqual([expect.stringMatching(/^app:\/\/bundle\/index\.html/)]);
});

test('no address leads to the disk, nor to more of the program than its page', async ({ desktop }) => {
  const secret = desktop.path('secret.txt');
  writeFileSync(secret, 'tax papers');
  const found = await desktop.page.evaluate(async (file) => {
    const addresses = [
      `file://${file}`,
      `filesystem:file://${file}`,
      'app://bundle/../main.js',
      'app://bundle/%2e%2e/main.js',
      'app://bundle/..%2fmain.js',
      'app://other/index.html',
      'app://bundle/preload.cjs',
      'chrome://version',
      'view-source:app://bundle/index.html',
      'blob:app://bundle/00000000-0000-4000-8000-000000000000',
    ];
    const read = async (address: string): Promise<string> =>
      await fetch(address).then(
        async (response) => await response.text(),
        () => 'refused',
      );
    const framed = (address: string): string => {
      const frame = Object.assign(document.createElement('iframe'), { src: address });
      document.body.append(frame);
      return frame.contentDocument?.body?.textContent ?? '';
    };
    return [...(await Promise.all(addresses.map(read))), ...addresses.map(framed)];
  }, secret);
  expect(new Set(found)).toEqual(new Set(['refused', '']));
});

test('no call of the contract takes a path, or gives a file or a secret away', async ({ desktop }) => {
  const secret = desktop.path('secret.txt');
  writeFileSync(secret, 'tax papers');
  const before = readdirSync(desktop.folder).sort();
  const answers = await desktop.page.evaluate(
    async ({ names, secret }) => {
      const calls = window.envelope as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
      const shapes: unknown[][] = [
        [secret],
        [[secret]],
        [{ path: secret }],
        [{ grant: secret }],
        [secret, secret],
      ];
      const request = { operation: 'seal', grants: [secret], choices: {} };
      const said: string[] = [];
      for (const name of names) {
        for (const shape of [...shapes, [request], [request, secret]]) {
          const answer = await Promise.race([
            calls[name]?.(...shape),
            new Promise((resolve) => setTimeout(() => resolve('waits'), 1500)),
          ]);
          said.push(JSON.stringify(answer) ?? '');
        }
      }
      return said;
    },
    // The system's dialogs would wait for a person.
    { names: callNames.filter((name) => !/^(?:pick|backUpKey|restoreKey|export|save)/i.test(name)), secret },
  );
  expect(answers.join('\n')).not.toContain('tax papers');
  expect(readdirSync(desktop.folder).sort()).toEqual(before);
  expect(readFileSync(secret, 'utf8')).toBe('tax papers');
  expect(desktop.output).not.toContain(secret);
});

test('of a file that was dropped it learns the name and the size, and never the content', async ({
  desktop,
}) => {
  const file = desktop.path('letter.txt');
  writeFileSync(file, 'tax papers, all of them');
  await desktop.drop([file]);
  await expect(rowIn(desktop, `${file}.envelope`)).toBeVisible();
  const known = await desktop.page.evaluate(async () => {
    const client = window.envelope;
    const answers = [await client?.jobs(), await client?.localKeys(), await client?.settings()];
    return JSON.stringify(answers);
  });
  expect(known).toContain('letter.txt');
  expect(known).not.toContain('tax papers');
  // Nor the key that would open it: it is in the keys' folder, and nowhere here.
  const [stored = ''] = readdirSync(desktop.path('home', 'keys'));
  const text = readFileSync(desktop.path('home', 'keys', stored), 'utf8');
  for (const [long] of text.matchAll(/[\w+/=-]{40,}/g)) expect(known).not.toContain(long);
});

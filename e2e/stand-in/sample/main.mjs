/** @file The smallest app that uses all the stand-in imitates. It runs in real Electron as well. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, dialog, Menu, nativeTheme, protocol, session, shell } from 'electron';

const here = import.meta.dirname;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript' };
/** Strict where the specs look at the policy itself, open where they look at what stands behind it. */
const POLICY = "default-src 'none'; script-src 'self'; connect-src *; frame-src *";

/** What happened, for the specs to read. */
globalThis.happened = { opened: [], second: [], refused: [], created: [] };
const { opened, second, refused, created } = globalThis.happened;

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
if (!app.requestSingleInstanceLock({ said: process.argv.at(-1) })) app.quit();
app.on('open-file', (event, file) => {
  event.preventDefault();
  opened.push([app.isReady(), file]);
});
app.on('second-instance', (_event, argv, workingDirectory, data) => {
  second.push({ last: argv.at(-1), workingDirectory, data });
});
app.on('session-created', (made) => {
  created.push('session');
  made.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  made.setPermissionCheckHandler(() => false);
  made.setDevicePermissionHandler(() => false);
  made.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    const cancel = !url.startsWith('app://bundle/') && !url.includes('/let-through');
    if (cancel) refused.push(['request', url, resourceType]);
    answer({ cancel });
  });
  made.webRequest.onHeadersReceived(({ responseHeaders }, answer) => {
    answer({ responseHeaders: { ...responseHeaders, 'x-sample': ['yes'] } });
  });
});
app.on('web-contents-created', (_event, contents) => {
  created.push('contents');
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
    contents.on(name, (event) => {
      event.preventDefault();
      refused.push([name, event.url]);
    });
  }
  contents.setWindowOpenHandler(({ url }) => {
    refused.push(['window', url]);
    return { action: 'deny' };
  });
});

async function serve(request) {
  const { pathname } = new URL(request.url);
  const type = TYPES[path.extname(pathname)];
  if (!type) return new Response('', { status: 404 });
  const body = await readFile(path.join(here, 'page', path.basename(pathname)));
  return new Response(body, { headers: { 'content-type': type, 'content-security-policy': POLICY } });
}

function open() {
  const own = session.fromPartition('sample', { cache: false });
  own.protocol.handle('app', serve);
  const window = new BrowserWindow({
    width: 800,
    height: 600,
    minWidth: 500,
    show: false,
    webPreferences: {
      session: own,
      preload: path.join(here, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
    },
  });
  window.once('ready-to-show', () => window.show());
  answer(window);
  void window.loadURL('app://bundle/index.html');
}

function answer(window) {
  const { ipc } = window.webContents;
  ipc.handle('sender', ({ senderFrame, sender }) => {
    const { url, origin, parent } = senderFrame;
    return { url, origin, parent, isMain: senderFrame === sender.mainFrame };
  });
  ipc.handle('echo', (_event, value) => value);
  ipc.handle('fail', () => {
    throw new RangeError('on purpose');
  });
  ipc.handle('count', ({ sender }, upTo) => {
    for (let count = 1; count <= upTo; count++) sender.send('counted', count);
  });
  ipc.handle(
    'pick',
    async () => (await dialog.showOpenDialog(window, { properties: ['openFile'] })).filePaths,
  );
  ipc.handle('bin', async (_event, file) => await shell.trashItem(file));
}

Menu.setApplicationMenu(
  Menu.buildFromTemplate([
    {
      label: 'View',
      submenu: [{ id: 'dark', label: 'Dark', click: () => (nativeTheme.themeSource = 'dark') }],
    },
  ]),
);
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(open);

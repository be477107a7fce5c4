/** @file What every page, ours or not, is denied. SECURITY: each line says why; each has a test in e2e/desktop. */
import { app, type Session, type WebContents } from 'electron';
import { isOurs } from './page-address.ts';

/** Port 1 is reserved, and nothing listens there. */
const NOBODY = 'http://127.0.0.1:1';
const NO_UDP = 'disable_non_proxied_udp';

/** Before `ready`, and once: from then on it holds for every session and every page there will be. */
export function installSecurity(): void {
  // SECURITY: the page's process is sandboxed by the system, even if a window should forget to ask for it.
  app.enableSandbox();
  // SECURITY: not all that Chromium sends is a request that can be denied: names are looked up and connections opened ahead,
  // and WebRTC speaks with whom it likes. So all of it goes to a proxy that nobody is, addresses of this machine included …
  app.commandLine.appendSwitch('proxy-server', NOBODY);
  app.commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
  // SECURITY: … and what knows no proxy is not sent at all.
  app.commandLine.appendSwitch('webrtc-ip-handling-policy', NO_UDP);
  app.on('session-created', restrictSession);
  app.on('web-contents-created', (_event, contents) => restrictContents(contents));
}

function restrictSession(session: Session): void {
  // SECURITY: Electron grants every permission unless somebody says no. The page needs none.
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  // SECURITY: some permissions are not requested but only checked.
  session.setPermissionCheckHandler(() => false);
  // SECURITY: USB, HID and serial devices have a list of their own.
  session.setDevicePermissionHandler(() => false);
  // SECURITY: the page has no network at all. What speaks with a KMS is the main process.
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !isOurs(url) && !isDevTools(url) }),
  );
  // SECURITY: nothing of the page is saved: a download would ask where to, in the program's name, or be just done.
  session.on('will-download', (event) => event.preventDefault());
  // SECURITY: the checker would fetch its dictionaries from the network.
  session.setSpellCheckerEnabled(false);
}

/** The tools for developers are pages too; a packaged program has none. */
function isDevTools(url: string): boolean {
  return !app.isPackaged && URL.parse(url)?.protocol === 'devtools:';
}

function restrictContents(contents: WebContents): void {
  // SECURITY: as the switch above says, in the words that Electron documents.
  contents.setWebRTCIPHandlingPolicy(NO_UDP);
  // SECURITY: the page is one document and never goes anywhere: not by a link, a form, a script or a dropped file …
  contents.on('will-navigate', (event) => event.preventDefault());
  // SECURITY: … nor in a frame, of which it has none …
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  // SECURITY: … nor by a redirect, which also follows what the main process itself has loaded.
  contents.on('will-redirect', (event) => event.preventDefault());
  // SECURITY: no second window. Links of ours are opened by the system's browser (links.ts).
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // SECURITY: a webview is a page that brings its own preferences.
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen, type Session, type WebPreferences } from 'electron';
import { log } from '../ipc/log.ts';
import { PAGE } from './page-address.ts';
import { onScreen, type Remembered } from './remembered.ts';

/** Every preference that matters is written out: a default that changes must not change us. Of every window there is. */
export const safePreferences = (session: Session): WebPreferences => ({
  // In memory and for this page alone: nothing that Chromium keeps of it reaches the disk.
  session,
  // SECURITY: the page's process may not touch the system …
  sandbox: true,
  // SECURITY: … shares no object with the preload …
  contextIsolation: true,
  // SECURITY: … and has no Node: not itself, not in a worker, not in a frame.
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  // SECURITY: one origin sees nothing of another, and nothing comes by plain http.
  webSecurity: true,
  allowRunningInsecureContent: false,
  // SECURITY: no web platform beyond what Chrome itself has switched on.
  experimentalFeatures: false,
  // SECURITY: no page within the page, nor another program's.
  webviewTag: false,
  plugins: false,
  // SECURITY: a dropped file is for the page to take, never to show instead of the page.
  navigateOnDragDrop: false,
  // SECURITY: whoever can open the tools can call everything the page can.
  devTools: !app.isPackaged,
  // It would send words to the system and fetch dictionaries.
  spellcheck: false,
  // Nothing here draws with it.
  webgl: false,
  // Progress goes on being drawn behind another window; Chromium slows it down as it likes.
  backgroundThrottling: true,
});

const WIDTH = 1040;
const HEIGHT = 720;
const LEAST_WIDTH = 720;
const LEAST_HEIGHT = 520;

/** The ground of the page in either scheme (renderer/theme): what is seen until it is drawn. */
const ground = (): string => (nativeTheme.shouldUseDarkColors ? '#161c1f' : '#f6f8f8');

/** Makes the window, without a page yet. It shows itself when there is something to see. */
export function makeWindow(session: Session, { bounds, maximized }: Remembered): BrowserWindow {
  const place =
    bounds &&
    onScreen(
      bounds,
      screen.getAllDisplays().map((display) => display.workArea),
    );
  const window = new BrowserWindow({
    width: place?.width ?? WIDTH,
    height: place?.height ?? HEIGHT,
    ...(place === undefined ? {} : { x: place.x, y: place.y }),
    minWidth: LEAST_WIDTH,
    minHeight: LEAST_HEIGHT,
    show: false,
    title: 'Envelope',
    backgroundColor: ground(),
    autoHideMenuBar: true,
    webPreferences: {
      ...safePreferences(session),
      // A file of one piece: a sandboxed preload can load nothing else.
      preload: path.join(import.meta.dirname, 'preload.cjs'),
    },
  });
  window.once('ready-to-show', () => {
    // Maximising shows it too.
    if (maximized === true) window.maximize();
    window.show();
  });
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(ground());
  });
  reviveOnce(window);
  return window;
}

export function loadPage(window: BrowserWindow): void {
  window.loadURL(PAGE).catch(() => log('the page did not load'));
}

/** A page that crashes comes back, for the work goes on without it; one that crashes again does not. */
function reviveOnce(window: BrowserWindow): void {
  window.webContents.once('render-process-gone', (_event, { reason }) => {
    log(`the page's process ended: ${reason}`);
    window.webContents.reload();
  });
}

/** Brings the window before all others. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** What to remember of it. */
export function placeOf(window: BrowserWindow): Pick<Remembered, 'bounds' | 'maximized'> {
  return { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
}

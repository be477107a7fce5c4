/** @file `webContents`: the page of a window, as the main process sees it. */
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { browser } from './browser.ts';
import type { Session as DevTools } from './cdp.ts';
import { preventable } from './event.ts';
import type { WebFrameMain } from './frame.ts';
import { Frames } from './frames.ts';
import { nextId } from './ids.ts';
import { IpcCalls } from './ipc-calls.ts';
import { IpcMain } from './ipc-main.ts';
import { mediaFeatures } from './native-theme.ts';
import type { PersonalQuestion } from './page/ask-person.ts';
import { openPage, resizePage, type PageSetup, type PageTarget } from './page-target.ts';
import { answerPausedPages } from './paused-page.ts';
import { record, takeAnswer } from './recorder.ts';
import { notImplemented, refuseOthers } from './refuse.ts';
import { Requests } from './requests.ts';
import { inward, outward } from './schemes.ts';
import type { Session } from './session.ts';
import { windows } from './windows.ts';

/** What a test answers to `webContents.print`. */
export type PrintAnswer = { success: boolean; failureReason: string };

type Download = { guid: string; url: string; suggestedFilename: string };
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

export class WebContents extends EventEmitter {
  readonly id = nextId();
  readonly session: Session;
  /** Handlers for this page alone; they come before those of `ipcMain`. */
  readonly ipc = new IpcMain();
  /** For the stand-in's other parts. */
  readonly frames = new Frames((channel, ...args) => this.send(channel, ...args));
  readonly #close: () => void;
  readonly #target: Promise<PageTarget>;
  #calls: IpcCalls | undefined;
  #frameId = '';
  #targetId = '';
  #openHandler: OpenHandler | undefined;
  #isDestroyed = false;
  #isLoading = false;

  constructor(session: Session, setup: PageSetup, close: () => void) {
    super();
    this.session = session;
    this.#close = close;
    this.#target = openPage(setup, (devTools) => this.#listen(devTools)).then((target) => {
      this.#frameId = target.frameId;
      this.#targetId = target.targetId;
      return target;
    });
    this.#target.catch((error: unknown) => {
      if (!app.isQuitting) console.error(error);
    });
    app.emit('web-contents-created', preventable(), this);
  }

  #listen(devTools: DevTools): void {
    this.frames.follow(devTools);
    this.#calls = new IpcCalls(this, devTools);
    new Requests(this, devTools).listen();
    answerPausedPages(devTools);
    devTools.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.emit('did-navigate', preventable(), inward(frame.url));
    });
    devTools.on('Page.domContentEventFired', () => this.emit('dom-ready', preventable()));
    devTools.on('Page.loadEventFired', () => {
      this.#isLoading = false;
      this.emit('did-finish-load', preventable());
    });
    devTools.on('Page.downloadWillBegin', (begun) => this.#willDownload(begun));
    devTools.on('Inspector.targetCrashed', () =>
      this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 1 }),
    );
  }

  /** The item is only what it is of; the app looks at no more, and nothing else is imitated. */
  #willDownload({ guid, url, suggestedFilename }: Download): void {
    const event = preventable();
    const item = refuseOthers('DownloadItem', {
      getURL: () => inward(url),
      getFilename: () => suggestedFilename,
    });
    this.session.emit('will-download', event, item, this);
    if (event.defaultPrevented) browser.cdp.browser.send('Browser.cancelDownload', { guid }).catch(() => {});
  }

  get mainFrame(): WebFrameMain {
    return this.frames.main;
  }

  getURL(): string {
    return this.frames.main.url;
  }

  isLoading(): boolean {
    return this.#isLoading;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  async loadURL(url: string): Promise<void> {
    const { session } = await this.#target;
    this.#isLoading = true;
    const { errorText, loaderId } = await session.send('Page.navigate', { url: outward(url) });
    if (errorText !== undefined) {
      this.emit('did-fail-load', preventable(), -2, errorText, url, true);
      throw new Error(`${errorText} loading '${url}'`);
    }
    // Not `did-finish-load`: that may be the end of an earlier load.
    await new Promise<void>((resolve) => {
      session.on('Page.lifecycleEvent', (event) => {
        if (event.loaderId === loaderId && event.name === 'load') resolve();
      });
    });
  }

  reload(): void {
    this.#tellPage(async ({ session }) => {
      await session.send('Page.reload');
    });
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    this.#calls?.send(this.#frameId, channel, args);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** The page wanted a window; it has been refused one already (page/main-world.ts). */
  askToOpen(url: string, disposition: string): void {
    const details = {
      url: inward(url),
      frameName: '',
      features: '',
      disposition,
      referrer: { url: '', policy: '' },
    };
    const answer = this.#openHandler?.(details as Electron.HandlerDetails);
    if (answer?.action !== 'deny') console.error(notImplemented(`a second window (${details.url})`).message);
  }

  /** Recorded and no more: Chromium's is chosen when it starts, by the switch `webrtc-ip-handling-policy`. */
  setWebRTCIPHandlingPolicy(policy: string): void {
    record('webContents.setWebRTCIPHandlingPolicy', policy);
  }

  /** For dialog.ts. */
  async askPerson(question: PersonalQuestion): Promise<string[]> {
    return (await this.#calls?.askPerson(this.#frameId, question)) ?? [];
  }

  /** Nothing is printed: a test has laid the answer of the system's dialog ready. */
  print(options: Electron.WebContentsPrintOptions, answer: (success: boolean, reason: string) => void): void {
    record('webContents.print', options);
    const { success, failureReason } = takeAnswer('webContents.print') as PrintAnswer;
    setImmediate(() => answer(success, failureReason));
  }

  /** By Chromium, as Electron does it. */
  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    const { pageSize, ...others } = options;
    if (typeof pageSize !== 'object' || Object.keys(others).length > 0) {
      throw notImplemented(`printToPDF(${JSON.stringify(options)})`);
    }
    const { session } = await this.#target;
    const size = { paperWidth: pageSize.width, paperHeight: pageSize.height };
    const { data } = await session.send('Page.printToPDF', { ...size, preferCSSPageSize: false });
    return Buffer.from(data, 'base64');
  }

  close(): void {
    this.#close();
  }

  /** For native-theme.ts. */
  applyTheme(): void {
    this.#tellPage(async ({ session }) => {
      await session.send('Emulation.setEmulatedMedia', { features: mediaFeatures() });
    });
  }

  /** For browser-window.ts. */
  resize(size: { width: number; height: number }): void {
    this.#tellPage(async ({ session }) => await resizePage(session, size));
  }

  /** For browser-window.ts. */
  destroy(): void {
    this.#isDestroyed = true;
    this.frames.end();
    this.#tellPage(async ({ targetId }) => {
      await browser.cdp.browser.send('Target.closeTarget', { targetId });
    });
    this.emit('destroyed');
  }

  hasTarget(targetId: string): boolean {
    return this.#targetId === targetId;
  }

  /** What a page that has just gone cannot be told is no failure. */
  #tellPage(tell: (target: PageTarget) => Promise<void>): void {
    this.#target.then(tell).catch((error: unknown) => {
      if (!this.#isDestroyed) console.error(error);
    });
  }
}

refuseOthers('webContents', WebContents.prototype);

const all = (): WebContents[] => [...windows.values()].map(({ webContents }) => webContents);

/** The module's `webContents`. */
export const webContents = refuseOthers('webContents', {
  getAllWebContents: all,
  fromId: (id: number): WebContents | undefined => all().find((contents) => contents.id === id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    all().find((contents) => contents.hasTarget(targetId)),
});

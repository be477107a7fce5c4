/** @file `BrowserWindow`. Nobody sees it, so what a window manager would do (hide, minimize, focus) a test does. */
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { isHeaded } from './browser.ts';
import { preventable } from './event.ts';
import { nextId } from './ids.ts';
import { record } from './recorder.ts';
import { notImplemented, refuseOthers } from './refuse.ts';
import { fromPartition, type Session } from './session.ts';
import { WebContents } from './web-contents.ts';
import { windows } from './windows.ts';

type Options = Electron.BrowserWindowConstructorOptions;

/** Preferences that the stand-in cannot follow: it always isolates, and never gives the page Node. */
const FIXED: Electron.WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
};

export class BrowserWindow extends EventEmitter {
  readonly id = nextId();
  readonly webContents: WebContents;
  static #focused: BrowserWindow | null = null;
  #title: string;
  #bounds: Electron.Rectangle;
  readonly #least: { width: number; height: number };
  readonly #children = new Set<BrowserWindow>();
  #isVisible = false;
  #isMinimized = false;
  #isMaximized = false;
  #isDestroyed = false;

  constructor(options: Options = {}) {
    super();
    if (!app.isLaunched) throw new Error('Cannot create BrowserWindow before app is ready');
    const { x = 0, y = 0, width = 800, height = 600, webPreferences = {} } = options;
    refusePreferences(webPreferences);
    this.#title = options.title ?? app.getName();
    this.#bounds = { x, y, width, height };
    this.#least = { width: options.minWidth ?? 0, height: options.minHeight ?? 0 };
    const session =
      (webPreferences.session as unknown as Session | undefined) ??
      fromPartition(webPreferences.partition ?? '');
    const { preload, javascript = true } = webPreferences;
    const setup = { preload, javascript, width, height, isFirst: windows.size === 0 };
    this.webContents = new WebContents(session, setup, () => this.close());
    windows.set(this.id, this);
    const parent = options.parent as unknown as BrowserWindow | undefined;
    if (parent) parent.#adopt(this);
    this.webContents.once('dom-ready', () => this.emit('ready-to-show', preventable()));
    this.webContents.on('page-title-updated', (event: Electron.Event, title: string) => {
      this.emit('page-title-updated', event, title, true);
      if (!event.defaultPrevented) this.#title = title;
    });
    app.emit('browser-window-created', preventable(), this);
    if (options.show !== false) this.show();
  }

  /** A window closes with its parent. */
  #adopt(child: BrowserWindow): void {
    this.#children.add(child);
    child.once('closed', () => this.#children.delete(child));
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#focused;
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url);
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    this.#isVisible = true;
    this.emit('show');
  }

  hide(): void {
    this.blur();
    this.#isVisible = false;
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  minimize(): void {
    this.blur();
    this.#isMinimized = true;
    this.emit('minimize');
  }

  restore(): void {
    this.#isMinimized = false;
    this.emit('restore');
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  /** The page keeps its size, so that pictures of it do too. */
  maximize(): void {
    this.#isMaximized = true;
    this.show();
    this.emit('maximize');
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  focus(): void {
    if (!this.#isVisible || BrowserWindow.#focused === this) return;
    BrowserWindow.#focused = this;
    this.emit('focus');
    app.emit('browser-window-focus', preventable(), this);
  }

  blur(): void {
    if (BrowserWindow.#focused !== this) return;
    BrowserWindow.#focused = null;
    this.emit('blur');
    app.emit('browser-window-blur', preventable(), this);
  }

  isFocused(): boolean {
    return BrowserWindow.#focused === this;
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  /** The stand-in's windows have no frame: content and window are of one size. */
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const { x, y, width, height } = { ...this.#bounds, ...bounds };
    const { width: leastWidth, height: leastHeight } = this.#least;
    this.#bounds = { x, y, width: Math.max(width, leastWidth), height: Math.max(height, leastHeight) };
    if (!isHeaded) this.webContents.resize(this.#bounds);
    this.emit('resize');
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setProgressBar(progress: number, options: Electron.ProgressBarOptions = { mode: 'normal' }): void {
    record('BrowserWindow.setProgressBar', progress, options);
  }

  flashFrame(flag: boolean): void {
    record('BrowserWindow.flashFrame', flag);
  }

  setContentProtection(enable: boolean): void {
    record('BrowserWindow.setContentProtection', enable);
  }

  setBackgroundColor(color: string): void {
    record('BrowserWindow.setBackgroundColor', color);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  close(): void {
    if (this.#isDestroyed) return;
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.blur();
    this.#isDestroyed = true;
    for (const child of this.#children) child.destroy();
    windows.delete(this.id);
    this.webContents.destroy();
    this.emit('closed');
    if (windows.size > 0 || app.isQuitting) return;
    if (app.listenerCount('window-all-closed') === 0) app.quit();
    else app.emit('window-all-closed');
  }
}

refuseOthers('BrowserWindow', BrowserWindow.prototype);

function refusePreferences(preferences: Electron.WebPreferences): void {
  for (const [name, value] of Object.entries(FIXED)) {
    const wanted = preferences[name as keyof Electron.WebPreferences] ?? value;
    if (wanted !== value) throw notImplemented(`webPreferences.${name}: ${String(wanted)}`);
  }
}

/** @file `app`: the life of the program, its names and places, its one instance. */
import { EventEmitter } from 'node:events';
import { appPath, type PathName } from './app-paths.ts';
import { browser } from './browser.ts';
import { preventable } from './event.ts';
import { record } from './recorder.ts';
import { refuseOthers } from './refuse.ts';
import { SingleInstance, type HandedOver } from './single-instance.ts';
import { commandLine } from './switches.ts';
import { windows } from './windows.ts';

type Manifest = { name: string; productName?: string; version: string };

export class App extends EventEmitter {
  readonly commandLine = refuseOthers('app.commandLine', commandLine);
  /** There is no dock on Linux. */
  readonly dock = undefined;
  #ready = Promise.withResolvers<void>();
  #isReady = false;
  #name = '';
  #version = '';
  #folder = '';
  #isPackaged = false;
  #badge = 0;
  readonly #paths = new Map<PathName, string>();
  readonly #instance = new SingleInstance((message) => void this.#onSecondInstance(message));
  #quitting = false;

  /** For start.ts: whose app this is. */
  adopt(folder: string, manifest: Manifest, isPackaged: boolean): void {
    this.#isPackaged = isPackaged;
    this.#folder = folder;
    this.#name = manifest.productName ?? manifest.name;
    this.#version = manifest.version;
  }

  /** For start.ts. */
  becomeReady(): void {
    this.#isReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', preventable(), {});
    this.#ready.resolve();
  }

  /** For the other parts, since Playwright's loader makes `isReady` wait for the test. */
  get isLaunched(): boolean {
    return this.#isReady;
  }

  get isPackaged(): boolean {
    return this.#isPackaged;
  }

  get isQuitting(): boolean {
    return this.#quitting;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    record('app.enableSandbox');
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  getVersion(): string {
    return this.#version;
  }

  getAppPath(): string {
    return this.#folder;
  }

  getLocale(): string {
    return process.env.STANDIN_LOCALE ?? 'en-US';
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  getPath(name: PathName): string {
    return this.#paths.get(name) ?? appPath(name, this.#name, commandLine.getSwitchValue('user-data-dir'));
  }

  setPath(name: PathName, value: string): void {
    this.#paths.set(name, value);
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count;
    record('app.setBadgeCount', count);
    return true;
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  setAppUserModelId(id: string): void {
    record('app.setAppUserModelId', id);
  }

  focus(): void {
    record('app.focus');
  }

  requestSingleInstanceLock(additionalData: object = {}): boolean {
    return this.#instance.request(this.getPath('userData'), additionalData);
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance.isFirst;
  }

  /** Never before `ready`. */
  async #onSecondInstance({ argv, workingDirectory, additionalData }: HandedOver): Promise<void> {
    await this.#ready.promise;
    this.emit('second-instance', preventable(), argv, workingDirectory, additionalData);
  }

  /** Every window is asked to close first; one that refuses, or a listener that does, keeps the app running. */
  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    if (!this.#mayQuit()) {
      this.#quitting = false;
      return;
    }
    this.emit('quit', preventable(), 0);
    void this.#instance.handedOver.finally(() => this.exit(0));
  }

  #mayQuit(): boolean {
    const before = preventable();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return false;
    for (const window of windows.values()) {
      window.close();
      if (!window.isDestroyed()) return false;
    }
    const will = preventable();
    this.emit('will-quit', will);
    return !will.defaultPrevented;
  }

  exit(code = 0): void {
    this.#quitting = true;
    void browser.end().finally(() => process.exit(code));
  }
}

refuseOthers('app', App.prototype);

export const app = new App();

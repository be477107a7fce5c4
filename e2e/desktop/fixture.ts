/** @file The built app for one spec: folders of its own, started and ended, driven as a person and a system would. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, test as base, expect, type ElectronApplication, type Page } from '@playwright/test';
import type { RecordedCall } from '../stand-in/recorder.ts';
import { backend, backendEnvironment } from './backend.ts';
import { drop } from './drop.ts';
import { startAgain, wordsFor, type Handover } from './os-open.ts';
import { answerDialog, clickNotification, record, recordedCalls, type Dialogs } from './record.ts';

export type LaunchOptions = {
  /** Files that the system opens the app with. */
  open?: readonly string[];
  by?: Handover;
  env?: Record<string, string>;
  args?: readonly string[];
  /** The folder of another build of the app than the one that is tested. */
  build?: string;
};

/** Nothing of this machine's AWS set-up, and no question to the address where a cloud computer finds its role. */
const WITHOUT_AWS = { AWS_EC2_METADATA_DISABLED: 'true' };

export class Desktop implements AsyncDisposable {
  /** Of this spec alone; its real path, as the app will show it. */
  readonly folder: string;
  /** ENVELOPE_HOME: keys, settings and history stay here from one start to the next. */
  readonly home: string;
  /** Where `shell.trashItem` moves things, on the stand-in. */
  readonly bin: string;
  /** What the main process has printed. */
  output = '';
  /** Errors of the page that nobody caught. */
  readonly pageErrors: Error[] = [];
  #app: ElectronApplication | undefined;
  #page: Page | undefined;
  #build: string | undefined;

  /** `parent`: where the spec's own folder is made. */
  constructor(parent = tmpdir()) {
    this.folder = realpathSync(mkdtempSync(path.join(parent, 'envelope-desktop-')));
    this.home = this.path('home');
    this.bin = this.path('bin');
  }

  get app(): ElectronApplication {
    if (!this.#app) throw new Error('the app has not been launched');
    return this.#app;
  }

  get page(): Page {
    if (!this.#page) throw new Error('the app has not been launched');
    return this.#page;
  }

  /** A path in this spec's folder. */
  path(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  async launch({ open = [], by = 'path', env = {}, args = [], build }: LaunchOptions = {}): Promise<Page> {
    this.#build = build;
    mkdirSync(this.home, { recursive: true });
    const words = by === 'event' ? [] : wordsFor(open, by);
    const byEvent = by === 'event' ? open : [];
    const early: Record<string, string> =
      byEvent.length === 0 ? {} : { STANDIN_OPEN_FILES: byEvent.join('\n') };
    this.#app = await _electron.launch({
      ...(backend.kind === 'packaged' ? { executablePath: backend.program } : {}),
      args: [...this.#commandLine, ...args, ...words],
      cwd: this.folder,
      // Else Playwright lays its own idea of light and dark over the app's.
      colorScheme: null,
      // Only root has no sandbox to start.
      chromiumSandbox: backend.kind === 'stand-in' || process.getuid?.() !== 0,
      env: this.#environment({ ...early, ...env }),
    });
    this.#collectOutput(this.#app);
    if (backend.kind !== 'stand-in') {
      await record(this.#app);
      await this.#openByEvent(byEvent);
    }
    this.#page = await this.#app.firstWindow();
    this.#page.on('pageerror', (error) => this.pageErrors.push(error));
    await this.#page.getByRole('main').waitFor();
    return this.#page;
  }

  /** The system hands files to the app that runs. Several by `path` or `uri` come as one start, as on Linux. */
  async open(files: readonly string[], by: Handover = 'path'): Promise<void> {
    if (by === 'event') await this.#openByEvent(files);
    else await this.startAgain(wordsFor(files, by));
  }

  /** A second instance, with words of its own on the command line. */
  async startAgain(words: readonly string[] = []): Promise<void> {
    const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const commandLine = [...this.#commandLine, ...noSandbox, ...words];
    await startAgain(commandLine, { env: this.#environment({}), cwd: this.folder });
  }

  /** A trusted drop of real files and folders. */
  async drop(paths: readonly string[], selector = 'body'): Promise<void> {
    await drop(this.page, selector, paths);
  }

  async answerDialog<Kind extends keyof Dialogs>(what: Kind, answer: Dialogs[Kind]): Promise<void> {
    await answerDialog(this.app, what, answer);
  }

  /** What the app has asked of the system so far: `shell.showItemInFolder`, `Notification.show`, … */
  async recordedCalls(what?: string): Promise<RecordedCall[]> {
    return await recordedCalls(this.app, what);
  }

  /** Clicks the notification that was shown last. */
  async clickNotification(): Promise<void> {
    await clickNotification(this.app);
  }

  /** Quits as a person does. Work that runs makes the app ask; lay an answer ready before. */
  async quit(): Promise<void> {
    await this.app.close();
    this.#app = undefined;
  }

  /** Ends at once, as a crash or a loss of power would. */
  async kill(signal: 'SIGKILL' | 'SIGABRT' = 'SIGKILL'): Promise<void> {
    const gone = new Promise((resolve) => this.app.process().once('exit', resolve));
    this.app.process().kill(signal);
    await gone;
    this.#app = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#app) {
      const ended = new Promise((resolve) => this.#app?.process().once('exit', resolve));
      // Without asking anyone: a spec may leave work running, or have failed.
      await this.#app.evaluate(({ app }) => app.exit(0)).catch(() => {});
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  get #commandLine(): string[] {
    const app = this.#build === undefined ? backend.appArguments : [this.#build];
    return [...app, `--user-data-dir=${this.path('user')}`];
  }

  #environment(more: Record<string, string>): Record<string, string> {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
    const own = {
      ENVELOPE_HOME: this.home,
      STANDIN_TRASH: this.bin,
      AWS_CONFIG_FILE: this.path('aws', 'config'),
    };
    const credentials = { AWS_SHARED_CREDENTIALS_FILE: this.path('aws', 'credentials') };
    return {
      ...(Object.fromEntries(inherited) as Record<string, string>),
      ...backendEnvironment(),
      ...WITHOUT_AWS,
      ...own,
      ...credentials,
      ...more,
    };
  }

  #collectOutput(app: ElectronApplication): void {
    for (const stream of [app.process().stdout, app.process().stderr]) {
      stream?.on('data', (bytes: Buffer) => (this.output += bytes.toString()));
    }
  }

  async #openByEvent(files: readonly string[]): Promise<void> {
    await this.app.evaluate(({ app }, opened) => {
      for (const file of opened) app.emit('open-file', { preventDefault: () => {} }, file);
    }, files);
  }
}

/** `stopped` is not launched yet; `desktop` is. */
export const test = base.extend<{ stopped: Desktop; desktop: Desktop }>({
  stopped: async ({}, use, info) => {
    await using desktop = new Desktop();
    await use(desktop);
    if (info.status !== info.expectedStatus) await info.attach('output', { body: desktop.output });
    expect(desktop.pageErrors).toEqual([]);
  },
  desktop: async ({ stopped }, use) => {
    await stopped.launch();
    await use(stopped);
  },
});

export { expect };

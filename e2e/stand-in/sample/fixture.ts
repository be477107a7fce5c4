/** @file The sample app, started for one test, with folders of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { backendEnvironment } from '../../desktop/backend.ts';

/** What the sample says has happened (main.mjs). */
export type Happened = {
  opened: [ready: boolean, file: string][];
  second: { last: string; workingDirectory: string; data: unknown }[];
  refused: string[][];
  created: string[];
};

declare global {
  var happened: Happened;
  interface Window {
    sample: {
      ask: (channel: string, ...args: unknown[]) => Promise<unknown>;
      onCounted: (listener: (count: number) => void) => () => void;
      pathOf: (file: unknown) => string;
      nested: { list: number[] };
    };
  }
}

export class Sample implements AsyncDisposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'stand-in-sample-'));
  #app: ElectronApplication | undefined;
  #page: Page | undefined;

  get app(): ElectronApplication {
    return this.#app!;
  }

  get page(): Page {
    return this.#page!;
  }

  get userData(): string {
    return path.join(this.folder, 'user');
  }

  get commandLine(): string[] {
    return [import.meta.dirname, `--user-data-dir=${this.userData}`];
  }

  async launch(environment: Record<string, string> = {}): Promise<void> {
    this.#app = await _electron.launch({
      args: this.commandLine,
      colorScheme: null,
      env: { ...(process.env as Record<string, string>), ...backendEnvironment(), ...environment },
    });
    this.#page = await this.#app.firstWindow();
    // Its script has run, so a drop finds its listener.
    await this.#page.locator('[data-module=ran]').waitFor();
  }

  async happened(): Promise<Happened> {
    return await this.app.evaluate(() => globalThis.happened);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const test = base.extend<{ stopped: Sample; sample: Sample }>({
  stopped: async ({}, use) => {
    await using sample = new Sample();
    await use(sample);
  },
  sample: async ({ stopped }, use) => {
    await stopped.launch();
    await use(stopped);
  },
});

/** @file For tests: the window's work around a recovery key, and what a person reads off its sheet. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { groupsOf, IDENTITY_PREFIX } from '../../shared/identity-text.ts';
import { type FakeDesktop, granted, TestHome, type TestRun, toSeal } from '../app/services.fixture.ts';
import type { WorkRoutes } from './services.ts';

export class RecoveryTest implements AsyncDisposable {
  readonly home: TestHome;
  #run: TestRun;

  private constructor(home: TestHome, run: TestRun) {
    this.home = home;
    this.#run = run;
  }

  static async create(): Promise<RecoveryTest> {
    const home = await TestHome.create();
    return new RecoveryTest(home, await home.run());
  }

  get routes(): WorkRoutes {
    return this.#run.work.routes;
  }

  get desktop(): FakeDesktop {
    return this.#run.desktop;
  }

  at(...names: string[]): string {
    return path.join(this.home.folder, ...names);
  }

  /** Ends the program and starts it again. */
  async restart(between: () => void = () => {}): Promise<void> {
    await this.#run[Symbol.asyncDispose]();
    between();
    this.#run = await this.home.run();
  }

  /** What the last sheet says. */
  get sheet(): { identity: string; last: string } {
    const html = this.desktop.sheets.at(-1)?.html ?? '';
    const groups = [...html.matchAll(/<\/small>([0-9A-Z]+)<\/li>/g)].map(([, group]) => group ?? '');
    return { identity: IDENTITY_PREFIX + groups.join(''), last: groups.at(-1) ?? '' };
  }

  /** Makes one and takes it into use. @returns its identity */
  async make(): Promise<string> {
    await this.routes.makeRecoveryKey();
    const { identity } = this.sheet;
    await this.routes.activateRecoveryKey(groupsOf(identity).at(-1)?.toLowerCase() ?? '');
    return identity;
  }

  /** Seals a new file with the default keys. @returns its envelope */
  async seal(name: string, bytes = 'tax papers'): Promise<string> {
    const file = this.at(name);
    writeFileSync(file, bytes);
    const request = toSeal(await granted(this.desktop, file));
    const batch = await this.desktop.ended(await this.routes.start(request));
    if (batch.doneFiles !== 1) throw new Error('it was not sealed');
    return `${file}.envelope`;
  }

  /** Everything that was written and everything that the page was told. */
  get everything(): string {
    const names = readdirSync(this.home.folder, { recursive: true, encoding: 'utf8' });
    const files = names.map((name) => this.at(name)).filter((file) => statSync(file).isFile());
    return [...files.map((file) => readFileSync(file, 'latin1')), JSON.stringify(this.desktop.sent)].join(
      '\n',
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#run[Symbol.asyncDispose]();
    await this.home[Symbol.asyncDispose]();
  }
}

/** How many keys an envelope names. */
export function keysOf(envelope: string): number {
  const { keys }: { keys: unknown[] } = JSON.parse(readFileSync(envelope, 'utf8'));
  return keys.length;
}

/** What `work` throws. */
export async function failed(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

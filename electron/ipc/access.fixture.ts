/** @file For tests: a folder of sealed files, and the window's changes of who can open them. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AccessStage, AccessView, AccessWanted } from '../../shared/access-view.ts';
import { type FakeDesktop, granted, TestHome, type TestRun, toSeal } from '../app/services.fixture.ts';
import type { WorkRoutes } from './services.ts';

/** Nobody's here. */
export const RECIPIENT = 'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z';

export const rewrapOf = (more: object): AccessWanted => ({
  work: 'rewrap',
  add: [],
  remove: [],
  replace: [],
  leaveUntried: false,
  ...more,
});

export class AccessFixture implements AsyncDisposable {
  readonly home: TestHome;
  readonly folder: string;
  #run: TestRun | undefined;

  private constructor(home: TestHome) {
    this.home = home;
    this.folder = path.join(home.folder, 'files');
  }

  static async create(): Promise<AccessFixture> {
    const fixture = new AccessFixture(await TestHome.create());
    await mkdir(fixture.folder);
    await fixture.start();
    return fixture;
  }

  get run(): TestRun {
    if (this.#run === undefined) throw new Error('it is not started');
    return this.#run;
  }

  get routes(): WorkRoutes {
    return this.run.work.routes;
  }

  get desktop(): FakeDesktop {
    return this.run.desktop;
  }

  /** The program, started again if it runs. */
  async start(): Promise<void> {
    await this.#run?.[Symbol.asyncDispose]();
    this.#run = await this.home.run();
  }

  /** Sealed for the key of this computer; only the pairs are left. */
  async seal(...names: string[]): Promise<void> {
    for (const name of names) await writeFile(path.join(this.folder, name), name);
    const batch = await this.routes.start(toSeal(await granted(this.desktop, this.folder)));
    await this.desktop.ended(batch);
    for (const name of names) await rm(path.join(this.folder, name));
  }

  async at(stage: AccessStage): Promise<AccessView> {
    return await this.until((view) => view.stage === stage);
  }

  async until(condition: (view: AccessView) => boolean): Promise<AccessView> {
    const { desktop } = this;
    await desktop.until(() => desktop.access !== undefined && condition(desktop.access));
    if (desktop.access === undefined) throw new Error('it was there a moment ago');
    return desktop.access;
  }

  /** The key of this computer. */
  async own(): Promise<string> {
    return (await this.routes.localKeys())[0]?.key ?? '';
  }

  async look(): Promise<AccessView> {
    await this.routes.lookAtAccess(await granted(this.desktop, this.folder));
    return await this.at('choosing');
  }

  async plan(wanted: AccessWanted): Promise<AccessView> {
    await this.routes.planAccess(wanted);
    return await this.at('planned');
  }

  async change(wanted: AccessWanted): Promise<AccessView> {
    await this.plan(wanted);
    await this.routes.startAccess();
    return await this.at('ended');
  }

  /** Contents by name, in hex. */
  async filesOf(ending: string): Promise<Record<string, string>> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(ending)).sort();
    const texts = names.map(
      async (name) => [name, await readFile(path.join(this.folder, name), 'hex')] as const,
    );
    return Object.fromEntries(await Promise.all(texts));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#run?.[Symbol.asyncDispose]();
    await this.home[Symbol.asyncDispose]();
  }
}

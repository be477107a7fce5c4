/** @file For tests of the queue: the work behind the window, set up anew for each test. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type FakeDesktop, TestHome, type TestRun } from '../app/services.fixture.ts';
import type { WorkRoutes } from '../ipc/services.ts';

export class QueueWork {
  home!: TestHome;
  run!: TestRun;

  get desktop(): FakeDesktop {
    return this.run.desktop;
  }

  get routes(): WorkRoutes {
    return this.run.work.routes;
  }

  /** Starts the program; what ran before was disposed. */
  async begin(): Promise<void> {
    this.run = await this.home.run();
  }

  /** A folder of `count` files of `bytes` each. */
  async freshFiles(count: number, bytes = 10): Promise<{ folder: string; files: string[] }> {
    const folder = path.join(this.home.folder, `files-${count}`);
    await mkdir(folder);
    const files = Array.from({ length: count }, (_, index) => path.join(folder, `${index}.bin`));
    for (const file of files) await writeFile(file, Buffer.alloc(bytes, 7));
    return { folder, files };
  }
}

/** To be called once in a test file. */
export function useQueueWork(): QueueWork {
  const work = new QueueWork();
  beforeEach(async () => {
    work.home = await TestHome.create();
    await work.begin();
  });
  afterEach(async () => {
    await work.run[Symbol.asyncDispose]();
    await work.home[Symbol.asyncDispose]();
  });
  return work;
}

/** @file For tests: the command line of somebody whose KMS is on loopback, and what happens to that half way. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach } from 'vitest';
import { HOME, newKey } from './kms-stand-in/fixture.ts';
import type { Key } from './kms-stand-in/keys.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';
import { Place, type Ran, type RunOptions } from './run-cli.ts';

export const ACCOUNT = `aws:111122223333:${HOME}`;
const env = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: HOME };

/** What {@link CliKms.papers} writes, by name. */
export const papersOf = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.txt`, `paper ${n}`]));

export class CliKms {
  kms!: StandIn;
  place!: Place;
  /** alias/team. */
  key!: Key;

  async run(words: readonly string[], options: RunOptions = {}, home?: string): Promise<Ran> {
    return await this.place.run(words, { ...options, env }, home);
  }

  async json(words: readonly string[], home?: string): Promise<Record<string, unknown>[]> {
    return await this.place.json(words, { env }, home);
  }

  /** Files with different contents, and, with `key`, sealed for it into `sealed`. */
  async papers(count: number, key?: string): Promise<void> {
    mkdirSync(this.place.at('papers'), { recursive: true });
    for (let n = 0; n < count; n += 1) writeFileSync(this.place.at('papers', `${n}.txt`), `paper ${n}`);
    if (key !== undefined) await this.json(['seal', 'papers', '--to', 'sealed', '--key', key]);
    this.kms.calls.length = 0;
  }

  /** Plain files that came out, by name. */
  opened(folder: string): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.files(folder, '.txt')).map(([name, bytes]) => [
        name.slice(name.lastIndexOf('/') + 1),
        Buffer.from(bytes, 'base64').toString(),
      ]),
    );
  }

  /** Files below a folder whose names end so, with their bytes. */
  files(folder: string, end: string): Record<string, string> {
    const names = readdirSync(this.place.at(folder), { recursive: true, encoding: 'utf8' });
    const found = names.filter((name) => name.endsWith(end)).sort();
    return Object.fromEntries(
      found.map((name) => [name, readFileSync(path.join(this.place.at(folder), name), 'base64')]),
    );
  }

  /** Half way: at the request number `count` to `action`. */
  disableAt(action: string, count: number): void {
    this.kms.faults.at(action, count, () => {
      this.key.state = 'Disabled';
    });
  }

  expireAt(action: string, count: number): void {
    this.kms.faults.at(action, count, () => {
      this.kms.faults.add({ kind: 'expired' });
    });
  }

  /** Kills the run as it waits for the answer to the request number `count` to `action`. */
  async killedAt(words: readonly string[], action: string, count: number): Promise<void> {
    let child: ChildProcess | undefined;
    let release = (): void => {};
    this.kms.faults.at(action, count, () => {
      release = this.kms.faults.hold(action);
      child?.kill('SIGKILL');
    });
    const ran = await this.run(words, {
      onStart: (started) => {
        child = started;
      },
    });
    release();
    if (ran.code !== null) throw new Error(`it was over before: ${ran.err}`);
  }

  /** Kills the run as soon as `when` holds. */
  async killedWhen(words: readonly string[], when: () => boolean, options: RunOptions = {}): Promise<void> {
    await this.run(words, {
      ...options,
      onStart: (child) => {
        void (async () => {
          while (!when() && child.exitCode === null) await sleep(1);
          child.kill('SIGKILL');
        })();
      },
    });
  }
}

/** To be called once in a test file. */
export function useCliKms(): CliKms {
  const work = new CliKms();
  beforeEach(async () => {
    work.kms = await startKms();
    work.key = newKey(work.kms);
    work.kms.keys.addAlias({ account: '111122223333', region: HOME }, 'alias/team', work.key.id);
    work.place = new Place();
    await work.json(['keys', 'aws', 'connect', 'work', '--endpoint', work.kms.endpoint, '--region', HOME]);
  });
  afterEach(async () => {
    work.place[Symbol.dispose]();
    await work.kms.stop();
  });
  return work;
}

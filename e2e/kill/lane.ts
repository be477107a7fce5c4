/** @file One lane of kills: its own folder, its own key, one case after the other. */
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recover } from '../../electron/files/recover.ts';
import { Check } from './check.ts';
import { killChild, killCli, randomMoment, runCli } from './kill.ts';
import { commands, operations, seal } from './operations.ts';
import { type KillEngine, makeEngine, Place } from './place.ts';
import { randomOf } from './random.ts';
import { writeOriginals } from './tree.ts';

/** How often what happened. */
export class Counts {
  readonly #counts = new Map<string, number>();

  add(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  toString(): string {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, count]) => `${String(count).padStart(6)}  ${what}`)
      .join('\n');
  }
}

export class Lane implements AsyncDisposable {
  readonly place: Place;
  readonly #engine: KillEngine;
  readonly #check: Check;
  readonly #counts: Counts;

  private constructor(place: Place, engine: KillEngine, check: Check, counts: Counts) {
    this.place = place;
    this.#engine = engine;
    this.#check = check;
    this.#counts = counts;
  }

  /** Writes the originals in both versions and seals them, for the children to open. */
  static async open(counts: Counts): Promise<Lane> {
    const place = new Place(await realpath(await mkdtemp(path.join(tmpdir(), 'envelope-kill-'))));
    // Its own journals lie elsewhere, so that those of the children are empty when they should be.
    const engine = await makeEngine(place, path.join(place.root, 'journal'), async () => {
      await Promise.reject(new Error('the parent bins nothing'));
    });
    for (const version of ['a', 'b'] as const) {
      await writeOriginals(place, version);
      const to = (folder: string): string => path.dirname(folder);
      await seal(engine, [place.docs(version)], { to: to(place.sealed(version)) });
      await seal(engine, [place.docs(version)], { to: to(place.archive(version)), archive: true });
    }
    return new Lane(place, engine, await Check.prepare(place, engine), counts);
  }

  /** One case: a child killed at work, perhaps another one killed while it recovers, then the checks. */
  async killOnce(name: string, seed: number): Promise<void> {
    const random = randomOf(seed);
    const operation = operations[name];
    if (operation === undefined) throw new Error(`no operation “${name}”`);
    await this.startOver();
    await operation.prepare?.(this.place, this.#engine);
    const moment = randomMoment(random);
    const atOnce = random() < 0.5;
    try {
      if (!(await killChild(this.place, name, moment, atOnce)))
        throw new Error('it went on for ever, and ended');
      this.#counts.add(`killed: ${name}`);
      this.#counts.add(`with calls ${atOnce ? 'made at once' : 'handed over'}`);
      if (random() < 0.25) await this.#killRecovery(random() * 25, atOnce);
      await this.recover();
      await this.#check.afterKill(operation);
    } catch (error) {
      throw new Error(`“${name}”, seed ${seed}, killed at ${JSON.stringify(moment)}`, { cause: error });
    }
  }

  async #killRecovery(ms: number, atOnce: boolean): Promise<void> {
    if (await killChild(this.place, 'recover', { ms }, atOnce)) this.#counts.add('killed: recovery');
    else this.#counts.add('not killed: recovery was faster');
  }

  /** As the next start does. */
  async recover(): Promise<void> {
    const recovered = await recover(this.place.places.journalFolder);
    if (recovered.length === 0) this.#counts.add('recovery found: nothing to do');
    for (const { did, entry } of recovered) this.#counts.add(`recovery ${did}: ${entry?.kind ?? 'journals'}`);
  }

  /**
   * The command line itself, killed while it fills a folder. The next one must treat what is left, and do it all.
   * @returns whether it was killed before it was done
   */
  async killCliOnce(name: keyof typeof commands, seed: number): Promise<boolean> {
    const { place } = this;
    const random = randomOf(seed);
    const { args, results } = commands[name];
    await this.startOver();
    const [command, moment] = [args(place), { write: 1 + Math.floor(random() * 3), ms: random() * 20 }];
    try {
      const killed = await killCli(place, command, moment);
      this.#counts.add(killed ? `killed: ${name}` : `not killed: ${name} was faster`);
      const said = await runCli(place, command);
      if (said.includes('An earlier run was interrupted')) this.#counts.add('the next run says so');
      await this.#check.afterKill({ mustBeThere: results });
      return killed;
    } catch (error) {
      throw new Error(`“${name}”, seed ${seed}, killed at ${JSON.stringify(moment)}`, { cause: error });
    }
  }

  /** An empty folder for the next case. */
  async startOver(): Promise<void> {
    await rm(this.place.work, { recursive: true, force: true });
    await mkdir(this.place.work, { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine[Symbol.asyncDispose]();
    await rm(this.place.root, { recursive: true, force: true });
  }
}

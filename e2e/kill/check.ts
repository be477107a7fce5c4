/** @file What must hold after every kill, once the next start has recovered (FORMAT.md section 5). */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { open } from '../../electron/envelope/open.ts';
import { readEnvelopeFile } from '../../electron/envelope/read.ts';
import { exists } from '../../electron/files/atomic.ts';
import { makeFolder } from '../../electron/files/mirror.ts';
import type { Operation } from './operations.ts';
import type { KillEngine, Place } from './place.ts';
import { describeFile, describeTree, files, list, type Tree } from './tree.ts';

const names = files.map((file) => path.basename(file));
const isSame = (a: Tree, b: Tree): boolean => JSON.stringify(a) === JSON.stringify(b);

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Everything that a child only reads. */
async function describeInputs({ root }: Place): Promise<Tree[]> {
  const folders = ['originals', 'sealed', 'archives'].map((name) => path.join(root, name));
  return await Promise.all(folders.map(describeTree));
}

export class Check {
  readonly #place: Place;
  readonly #engine: KillEngine;
  readonly #inputs: readonly Tree[];
  /** `docs` in both versions. */
  readonly #versions: readonly Tree[];

  private constructor(place: Place, engine: KillEngine, inputs: readonly Tree[], versions: readonly Tree[]) {
    this.#place = place;
    this.#engine = engine;
    this.#inputs = inputs;
    this.#versions = versions;
  }

  /** Before the first kill: what is there now is what must be there ever after. `engine` opens what was sealed. */
  static async prepare(place: Place, engine: KillEngine): Promise<Check> {
    const versions = [await describeTree(place.docs('a')), await describeTree(place.docs('b'))];
    return new Check(place, engine, await describeInputs(place), versions);
  }

  /** @throws Error that says what does not hold */
  async afterKill(operation: Omit<Operation, 'step'> = {}): Promise<void> {
    const place = this.#place;
    const journals = (await list(place.places.journalFolder)).filter((name) => name !== 'door.lock');
    demand(journals.length === 0, `the journal holds ${journals.join(', ')}`);
    for (const [index, now] of (await describeInputs(place)).entries()) {
      demand(isSame(now, this.#inputs[index] ?? {}), `${place.root}: an input was touched`);
    }
    for (const name of await list(place.work)) await this.#checkOne(name);
    for (const name of operation.mustBeThere ?? []) demand(await exists(place.out(name)), `${name} is gone`);
    await this.#checkSteps(operation.leaves ?? []);
    await this.#checkBinned();
    if (operation.folders === 'whole') await this.#checkWhole();
    if (operation.folders === 'replaced') await this.#checkReplaced();
  }

  async #checkOne(name: string): Promise<void> {
    const file = path.join(this.#place.work, name);
    demand(!name.endsWith('.partial'), `${name} was left behind`);
    if (name.endsWith('.envelope')) await this.#checkPair(file);
    else if (name.endsWith('.enc')) {
      demand(await exists(file.replace(/\.enc$/, '.envelope')), `${name} has no envelope`);
    } else if (names.includes(path.basename(name))) await this.#checkFile(file);
  }

  /** A file under a final name: all of it, with its time and permissions, in one version or the other. */
  async #checkFile(file: string, name = path.basename(file)): Promise<void> {
    const inside = files.find((known) => path.basename(known) === name) ?? '';
    const found = await describeFile(file);
    demand(
      this.#versions.some((version) => version[inside] === found),
      `${file} is not what it should be: ${found}`,
    );
  }

  async #checkFolder(folder: string): Promise<void> {
    const found = await describeTree(folder);
    demand(
      this.#versions.some((version) => isSame(version, found)),
      `${folder} is not whole`,
    );
  }

  /** An envelope has its body, and both together open to what was sealed. */
  async #checkPair(envelope: string): Promise<void> {
    demand(await exists(envelope.replace(/\.envelope$/, '.enc')), `${envelope} has no body`);
    const folder = this.#place.scratch;
    await makeFolder(folder);
    const file = await readEnvelopeFile(envelope);
    const opened = await open(this.#engine, file, { folder, collision: 'replace' });
    if (opened === undefined) throw new Error('nothing was opened');
    if (opened.kind === 'folder') await this.#checkFolder(opened.path);
    else await this.#checkFile(opened.path);
    await rm(opened.path, { recursive: true });
  }

  /** A step begins when the one before is done: its results do not go away again. */
  async #checkSteps(leaves: readonly string[]): Promise<void> {
    const steps = (await readdir(this.#place.out()).catch(() => [])).filter((name) => /^[0-9]+$/.test(name));
    for (let n = 0; n < steps.length - 1; n += 1) {
      for (const name of leaves) demand(await exists(this.#place.out(n, name)), `out/${n}/${name} is gone`);
    }
  }

  /** An original that may have gone to the bin is in its place, or it is in the bin and has a pair. */
  async #checkBinned(): Promise<void> {
    const place = this.#place;
    const bin = await list(place.bin());
    const folders = await readdir(place.in()).catch(() => []);
    for (const folder of folders.filter((name) => !name.endsWith('.new'))) {
      for (const name of names) {
        const binned = bin.filter((gone) => gone.startsWith(`in-${folder}-${name} `));
        for (const gone of binned) await this.#checkFile(place.bin(gone), name);
        if (await exists(place.in(folder, name))) continue;
        demand(await exists(place.in(folder, `${name}.envelope`)), `${folder}/${name} has no pair`);
        demand(binned.length > 0, `${folder}/${name} is neither in its place nor in the bin`);
      }
    }
  }

  /** What was opened from an archive is there as a whole or not at all. */
  async #checkWhole(): Promise<void> {
    for (const name of await list(this.#place.out())) {
      if (path.basename(name) === 'docs') await this.#checkFolder(this.#place.out(name));
    }
  }

  /** A folder that was replaced: each is whole, in its place or in the bin, and one of them is there. */
  async #checkReplaced(): Promise<void> {
    const binned = (await readdir(this.#place.bin()).catch(() => [])).map((name) => this.#place.bin(name));
    const inPlace = await exists(this.#place.out('docs'));
    for (const folder of [...binned, ...(inPlace ? [this.#place.out('docs')] : [])]) {
      await this.#checkFolder(folder);
    }
    demand(inPlace || binned.length > 0, 'the folder that was replaced is gone');
  }
}

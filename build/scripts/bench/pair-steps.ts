/**
 * @file What FORMAT.md section 5 asks of the disk for every pair, and nothing else: no key, cipher, journal or copy. So much
 * of sealing small files is the format's, whoever implements it.   pair-steps.ts FROM TO
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';

const AT_ONCE = 32;
/** Bytes that sealing adds to a body, and those of an envelope with one key. */
const [MORE, ENVELOPE] = [56, 700];
const [from = '', to = ''] = process.argv.slice(2);

async function writeDurably(name: string, bytes: Uint8Array): Promise<void> {
  await using handle = await open(name, 'wx', 0o600);
  await handle.writeFile(bytes);
  await handle.chmod(0o644);
  await handle.sync();
}

/** Those who come while one is under way share the next one. */
class Folder {
  readonly #path: string;
  #next: Promise<void> | undefined;
  #last = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  async sync(): Promise<void> {
    this.#next ??= this.#last = this.#after(this.#last);
    await this.#next;
  }

  async #after(last: Promise<void>): Promise<void> {
    await last;
    this.#next = undefined;
    await using handle = await open(this.#path, 'r');
    await handle.sync();
  }
}

async function makePair(name: string, folder: Folder): Promise<void> {
  const final = path.join(to, name);
  const partial = path.join(path.dirname(final), `.${randomUUID()}`);
  const halves = [
    [`${partial}.enc.partial`, `${final}.enc`],
    [`${partial}.envelope.partial`, `${final}.envelope`],
  ] as const;
  const plain = await readFile(path.join(from, name));
  await writeDurably(halves[0][0], Buffer.concat([plain, Buffer.alloc(MORE)]));
  await writeDurably(halves[1][0], Buffer.alloc(ENVELOPE));
  for (const [temporary, named] of halves) {
    await link(temporary, named);
    await folder.sync();
  }
  for (const [temporary] of halves) await unlink(temporary);
}

const entries = await readdir(from, { recursive: true, withFileTypes: true });
const names = entries
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => path.relative(from, path.join(parentPath, name)));
const folders = new Map<string, Folder>();
for (const inner of new Set(names.map((name) => path.dirname(name)))) {
  const folder = path.join(to, inner);
  await mkdir(folder, { recursive: true });
  folders.set(inner, new Folder(folder));
}
const files = names.values();
const inTurn = async (): Promise<void> => {
  for (const name of files) {
    const folder = folders.get(path.dirname(name));
    if (folder !== undefined) await makePair(name, folder);
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, inTurn));

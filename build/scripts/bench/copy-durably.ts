/**
 * @file Copies a folder so that it survives a power failure and no further: each file is fsynced, and each folder once.
 * As many at a time as the engine has under way.   copy-durably.ts FROM TO
 */
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const AT_ONCE = 32;
const [from = '', to = ''] = process.argv.slice(2);

async function fsyncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

async function copyFile(name: string): Promise<void> {
  await using handle = await open(path.join(to, name), 'wx');
  await handle.writeFile(await readFile(path.join(from, name)));
  await handle.sync();
}

const entries = await readdir(from, { recursive: true, withFileTypes: true });
const named = entries.map((entry) => ({
  entry,
  name: path.relative(from, path.join(entry.parentPath, entry.name)),
}));
const folders = ['', ...named.filter(({ entry }) => entry.isDirectory()).map(({ name }) => name)];
for (const folder of folders) await mkdir(path.join(to, folder), { recursive: true });
const files = named.filter(({ entry }) => entry.isFile()).values();
const copyInTurn = async (): Promise<void> => {
  for (const { name } of files) await copyFile(name);
};
await Promise.all(Array.from({ length: AT_ONCE }, copyInTurn));
for (const folder of folders) await fsyncFolder(path.join(to, folder));

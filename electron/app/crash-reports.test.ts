/**
 * @file Electron collects images of crashed processes' memory, keys and all, once somebody calls `crashReporter.start`, and
 * not before (electron.d.ts). Nobody does here; nor is there any other word in the program's code that writes one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const words = ['crashReporter', 'writeHeapSnapshot', 'report.writeReport', 'takeHeapSnapshot'];

it('nothing writes the memory of a process to a file', () => {
  const files = ['electron', 'renderer', 'shared'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|tsx)$/.test(name) && !/\.(?:test|fixture)\.tsx?$/.test(name))
      .map((name) => path.join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return words.filter((word) => text.includes(word)).map((word) => `${word} in ${file}`);
  });
  expect(found).toEqual([]);
});

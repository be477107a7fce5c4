/** @file Synchronous messages stop the page and, answered late, for ever: there are none, nor a second way in. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const world = path.resolve(import.meta.dirname, '..');
const sources = readdirSync(world, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(name))
  .map((name) => ({
    name: name.split(path.sep).join('/'),
    text: readFileSync(path.join(world, name), 'utf8'),
  }));
const naming = (what: RegExp): string[] =>
  sources.filter(({ text }) => what.test(text)).map(({ name }) => name);

describe('messages between page and main process', () => {
  it('are never synchronous', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(naming(/\bsendSync\b|\bsendToHost\b|\breturnValue\b/)).toEqual([]);
  });

  it('come in by the gate alone, and leave the page by the preload alone', () => {
    expect(naming(/\bipcMain\b/)).toEqual([]);
    expect(naming(/\bipc\.(?:on|once|handle|handleOnce)\(/)).toEqual(['ipc/gate.ts']);
    expect(naming(/\bipcRenderer\b/)).toEqual(['preload.ts']);
    expect(naming(/\bexposeInMainWorld\b/)).toEqual(['preload.ts']);
  });
});

/** @file Packages made for a test, with a runtime that only looks like one, in a folder of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import type { Feed } from '../../../electron/updates/feed.ts';
import { configuration } from '../builder.ts';
import { linuxRuntime, macRuntime, windowsRuntime } from './runtimes.ts';

const systems = {
  linux: { platform: Platform.LINUX, runtime: linuxRuntime },
  mac: { platform: Platform.MAC, runtime: macRuntime },
  win: { platform: Platform.WINDOWS, runtime: windowsRuntime },
} as const;

export type Made = Disposable & { folder: string; files: string[] };

/** electron-builder finds fpm by this variable. */
function useFpm(folder: string): void {
  const fpm = path.join(folder, 'fpm');
  const script = path.join(import.meta.dirname, 'fpm.ts');
  writeFileSync(fpm, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`, { mode: 0o755 });
  process.env.CUSTOM_FPM_PATH = fpm;
}

/** `out/` must have been built. With a deb comes what fpm is told of an rpm (fpm.ts). */
export async function make(system: keyof typeof systems, target: 'dir' | 'deb', feed?: Feed): Promise<Made> {
  const root = mkdtempSync(path.join(tmpdir(), 'envelope-package-'));
  const { platform, runtime } = systems[system];
  if (target === 'deb') useFpm(root);
  const folder = path.join(root, 'release');
  const config = configuration({ output: folder, runtime: runtime(path.join(root, 'runtime')), feed });
  // Nothing is signed here, on macOS neither by chance.
  process.env.CSC_IDENTITY_AUTO_DISCOVERY = 'false';
  const files = await build({
    targets: platform.createTarget(target === 'deb' ? ['deb', 'rpm'] : target),
    config,
    publish: 'never',
  });
  return { folder, files, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

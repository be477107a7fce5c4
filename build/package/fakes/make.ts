/** @file Packages made for a test, with a runtime that only looks like one, in a folder of its own. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

export const MKSQUASHFS = '/usr/bin/mksquashfs';
/** What an AppImage of a test begins with, in the place of the program that mounts what follows. */
export const APPIMAGE_RUNTIME = 'no runtime\n'.padEnd(4096, '.');

export type Made = Disposable & { folder: string; files: string[] };

/** electron-builder finds fpm by this variable. */
function useFpm(folder: string): void {
  const fpm = path.join(folder, 'fpm');
  const script = path.join(import.meta.dirname, 'fpm.ts');
  writeFileSync(fpm, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`, { mode: 0o755 });
  process.env.CUSTOM_FPM_PATH = fpm;
}

/** Where electron-builder looks for the AppImage tools: Debian's own mksquashfs, and a runtime that is none. */
function useAppImageTools(folder: string): void {
  const tools = path.join(folder, 'appimage-tools');
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  mkdirSync(path.join(tools, 'lib', arch), { recursive: true });
  mkdirSync(path.join(tools, 'runtimes'));
  symlinkSync(MKSQUASHFS, path.join(tools, 'mksquashfs'));
  symlinkSync('/bin/true', path.join(tools, 'desktop-file-validate'));
  writeFileSync(path.join(tools, 'runtimes', `runtime-${arch}`), APPIMAGE_RUNTIME);
  process.env.APPIMAGE_TOOLS_PATH = tools;
}

/** `out/` must have been built. With a deb comes what fpm is told of an rpm (fpm.ts). */
export async function make(
  system: keyof typeof systems,
  target: 'dir' | 'deb' | 'AppImage',
  feed?: Feed,
): Promise<Made> {
  const root = mkdtempSync(path.join(tmpdir(), 'envelope-package-'));
  const { platform, runtime } = systems[system];
  if (target === 'deb') useFpm(root);
  if (target === 'AppImage') useAppImageTools(root);
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

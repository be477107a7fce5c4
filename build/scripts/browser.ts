/** @file What the specs of the window run in: is it there, can it be installed, or what is a person told. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export type Machine = {
  backend: 'packaged' | 'electron' | 'stand-in';
  /** Looked up each time: it may have been installed meanwhile. */
  findChromium: () => string | undefined;
  isRoot: boolean;
  /** Installs Debian's packages, if this is a Debian. */
  install: (() => void) | undefined;
};

/** As it is told to whoever runs the tests: in one line what to install. */
export const NO_BROWSER =
  'Neither Electron’s runtime nor a Chromium is here for the specs of the window: run `npx install-electron`, or install ' +
  'Chromium (Debian: `sudo apt-get install chromium`).';

/** As root on Debian a missing Chromium is installed; elsewhere it is for the user to do. @returns whether there is one */
export function hasBrowser({ backend, findChromium, isRoot, install }: Machine): boolean {
  if (backend !== 'stand-in' || findChromium() !== undefined) return true;
  if (!isRoot || install === undefined) return false;
  install();
  return findChromium() !== undefined;
}

/** Undefined where there is no apt. */
export function debianInstaller(apt = '/usr/bin/apt-get'): (() => void) | undefined {
  if (!existsSync(apt)) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args: string[]) => spawnSync(apt, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return () => {
    console.log('\nInstalling chromium (apt-get) for the specs of the window.');
    run('update', '-qq');
    run('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
  };
}

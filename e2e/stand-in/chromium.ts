import { existsSync } from 'node:fs';

export const CHROMIUM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium that is installed, or that `STANDIN_CHROMIUM` names. */
export function findChromium(): string | undefined {
  return process.env.STANDIN_CHROMIUM ?? CHROMIUM_PLACES.find((place) => existsSync(place));
}

/** Part of util-linux: makes what it starts end with the one who started it. */
const GUARD = '/usr/bin/setpriv';

/**
 * Command and first arguments that start `program`. A stand-in that is killed, as specs do, can end nothing any more: its
 * Chromium would go on for ever, and slow down whatever comes after.
 */
export function guarded(program: string): [command: string, ...args: string[]] {
  if (process.platform !== 'linux' || !existsSync(GUARD)) return [program];
  return [GUARD, '--pdeathsig', 'KILL', program];
}

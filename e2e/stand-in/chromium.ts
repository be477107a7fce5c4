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

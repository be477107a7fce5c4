/** @file `npm run preview`: builds the app and opens it in an installed Chromium, by the stand-in for Electron's runtime. */
import path from 'node:path';
import { CHROMIUM_PLACES, findChromium } from '../../e2e/stand-in/chromium.ts';
import { openApp } from './run.ts';

const standIn = path.resolve(import.meta.dirname, '../../e2e/stand-in/electron');

/** Why the window could not be seen here; undefined if it can. */
function lacking(): string | undefined {
  if (process.platform === 'win32')
    return 'The preview needs Linux or macOS; on Windows there is `npm start`.';
  if (findChromium() === undefined) {
    return `There is no Chromium here (${CHROMIUM_PLACES.join(', ')}): install one, or name it in STANDIN_CHROMIUM.`;
  }
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  return hasDisplay
    ? undefined
    : 'There is no display (DISPLAY is not set): the app is built, but its window could not be seen.';
}

await import('./bundle.ts');
const reason = lacking();
if (reason === undefined) openApp(standIn, { ...process.env, STANDIN_HEADED: '1' });
else {
  console.error(reason);
  process.exitCode = 1;
}

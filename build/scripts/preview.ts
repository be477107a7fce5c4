/** @file `npm run preview`: builds the app and opens it in an installed Chromium, by the stand-in for Electron's runtime. */
import path from 'node:path';
import { openApp } from './run.ts';

const standIn = path.resolve(import.meta.dirname, '../../e2e/stand-in/electron');
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

await import('./bundle.ts');
if (hasDisplay) {
  openApp(standIn, { ...process.env, STANDIN_HEADED: '1' });
} else {
  console.error(
    'There is no display (DISPLAY is not set): the app is built, but its window could not be seen.',
  );
  process.exitCode = 1;
}

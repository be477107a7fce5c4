/**
 * @file `npm run screenshots`: every screen and state of the built app, in every look, as
 * `node_modules/.cache/screenshots/<state>-<look>.png`. The app is the real one, its files are real, its KMS is the
 * stand-in on loopback.
 */
import path from 'node:path';
import { Desktop } from '../../e2e/desktop/fixture.ts';
import { startKms } from '../../e2e/kms-stand-in/start.ts';
import { Camera } from './screenshots/camera.ts';
import { card, files, keys, prompts, settings } from './screenshots/scenes.ts';
import { prepare } from './screenshots/sample.ts';

await import('./bundle.ts');
await using kms = await startKms({ mfaCodes: ['123456'] });
await using desktop = new Desktop();
await prepare(desktop, kms);
await desktop.launch();
const folder = path.resolve(import.meta.dirname, '../../node_modules/.cache/screenshots');
const stage = { desktop, kms, camera: new Camera(desktop, folder), page: desktop.page };
for (const scene of [files, card, settings, keys, prompts]) await scene(stage);
console.log(`\nin ${folder}`);

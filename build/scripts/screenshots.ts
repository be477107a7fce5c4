/**
 * @file `npm run screenshots`: every screen and state of the built app, in every look, as
 * `node_modules/.cache/screenshots/<state>-<look>.png`. The app is the real one, its files are real, its KMS is the
 * stand-in on loopback. With names (`npm run screenshots -- keys card`) only those scenes.
 */
import path from 'node:path';
import { Desktop } from '../../e2e/desktop/fixture.ts';
import { startKms } from '../../e2e/kms-stand-in/start.ts';
import { Camera } from './screenshots/camera.ts';
import { card, files, keys, prompts, settings } from './screenshots/scenes.ts';
import { recovery } from './screenshots/recovery.ts';
import { access } from './screenshots/scenes-access.ts';
import { health } from './screenshots/scenes-health.ts';
import { reach } from './screenshots/scenes-reach.ts';
import { repair } from './screenshots/scenes-repair.ts';
import { many } from './screenshots/scenes-many.ts';
import { trust } from './screenshots/scenes-trust.ts';
import { prepare } from './screenshots/sample.ts';

await import('./bundle.ts');
await using kms = await startKms({ mfaCodes: ['123456'] });
await using desktop = new Desktop();
await prepare(desktop, kms);
// What is signed in belongs to the office, and not to whoever takes the pictures.
await desktop.launch({ env: { HOME: desktop.path('person') } });
const folder = path.resolve(import.meta.dirname, '../../node_modules/.cache/screenshots');
const stage = { desktop, kms, camera: new Camera(desktop, folder), page: desktop.page };
const scenes = {
  files,
  card,
  settings,
  keys,
  access,
  health,
  recovery,
  reach,
  repair,
  prompts,
  trust,
  many,
};
const wanted = process.argv.slice(2);
for (const [name, scene] of Object.entries(scenes)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  try {
    await scene(stage);
  } catch (error) {
    // What stood there instead.
    await desktop.page.screenshot({ path: path.join(folder, `failed-${name}.png`) });
    throw error;
  }
  console.log(`  ${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
console.log(`\nin ${folder}`);

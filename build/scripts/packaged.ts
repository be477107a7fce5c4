/**
 * @file The specs that a packaged program must pass too, on one that is packaged here and now: with Electron's runtime where
 * node_modules has it, else with the stand-in in its place. `out/` must have been built.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import { backend } from '../../e2e/desktop/backend.ts';
import { configuration } from '../package/builder.ts';
import { linuxRuntime } from '../package/fakes/runtimes.ts';
import { EXECUTABLE, PRODUCT } from '../package/identity.ts';

/** What depends on being packaged: start and end, files from the system, the page's walls. */
const SPECS = ['start.spec', 'handed-over.spec', 'security.spec'];

const root = path.resolve(import.meta.dirname, '../..');
const cache = path.join(root, 'node_modules/.cache/packaged');

/** Packs for this system. @returns the program */
async function pack(): Promise<string> {
  rmSync(cache, { recursive: true, force: true });
  const runtime =
    backend.kind === 'electron'
      ? path.join(root, 'node_modules/electron/dist')
      : linuxRuntime(path.join(cache, 'runtime'));
  const output = path.join(cache, 'release');
  const config = configuration({ output, runtime, inspectable: true });
  process.env['CSC_IDENTITY_AUTO_DISCOVERY'] = 'false';
  await build({ targets: Platform.current().createTarget('dir'), config, publish: 'never' });
  if (process.platform === 'win32') return path.join(output, 'win-unpacked', `${PRODUCT}.exe`);
  if (process.platform === 'darwin') {
    const folder = process.arch === 'arm64' ? 'mac-arm64' : 'mac';
    return path.join(output, folder, `${PRODUCT}.app/Contents/MacOS`, PRODUCT);
  }
  return path.join(output, 'linux-unpacked', EXECUTABLE);
}

const playwright = path.join(root, 'node_modules/@playwright/test/cli.js');
const config = path.join(root, 'e2e/desktop/playwright.config.ts');
const { status } = spawnSync(process.execPath, [playwright, 'test', '--config', config, ...SPECS], {
  stdio: 'inherit',
  env: { ...process.env, EXECUTABLE: await pack() },
});
process.exitCode = status ?? 1;

/** @file A packaged program: Electron runs `resources/app.asar` beside it, if there is one, and takes no app from its words. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractAll } from '@electron/asar';

/**
 * The folder of the app packaged beside `program`, unpacked, for plain Node does not see into archives; it is gone with
 * the process.
 * @returns undefined if nothing is packaged there
 */
export function packagedApp(program: string): string | undefined {
  const archive = path.join(path.dirname(program), 'resources', 'app.asar');
  if (!existsSync(archive)) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'stand-in-asar-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  extractAll(archive, folder);
  return folder;
}

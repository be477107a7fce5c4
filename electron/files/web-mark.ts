/** @file The mark of the web: where a downloaded file came from, which the system warns about (FORMAT.md section 5). */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const QUARANTINE = 'com.apple.quarantine';

async function readMark(file: string, platform: NodeJS.Platform): Promise<string | undefined> {
  try {
    if (platform === 'win32') return await readFile(`${file}:Zone.Identifier`, 'utf8');
    const { stdout } = await run('/usr/bin/xattr', ['-p', QUARANTINE, file]);
    return stdout.trim();
  } catch {
    return undefined; // no mark, or a file system without marks
  }
}

/**
 * Puts the mark of the web of the first of `from` that has one on `to`. Systems without marks: nothing.
 * @returns false if there was a mark and the system would not set it, which the user is told
 */
export async function copyWebMark(
  from: readonly string[],
  to: string,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  if (platform !== 'win32' && platform !== 'darwin') return true;
  for (const file of from) {
    const mark = await readMark(file, platform);
    if (mark === undefined) continue;
    try {
      if (platform === 'win32') await writeFile(`${to}:Zone.Identifier`, mark);
      else await run('/usr/bin/xattr', ['-w', QUARANTINE, mark, to]);
      return true;
    } catch {
      return false;
    }
  }
  return true;
}

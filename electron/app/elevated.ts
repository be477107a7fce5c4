import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** The integrity level of a process that an administrator started as such. */
const HIGH = 'S-1-16-12288';

/** Whether this process has an administrator's rights, so that Windows lets no other program drop files on it. */
export async function isElevated(platform: string = process.platform): Promise<boolean> {
  if (platform !== 'win32') return false;
  const whoami = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'whoami.exe');
  try {
    const { stdout } = await promisify(execFile)(whoami, ['/groups', '/fo', 'csv', '/nh'], {
      windowsHide: true,
    });
    return stdout.includes(HIGH);
  } catch {
    return false;
  }
}

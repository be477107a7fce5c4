import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** The integrity level of a process that an administrator started as such. */
const HIGH = 'S-1-16-12288';

/** Of this process, as `whoami` lists them. */
async function groupsOfThisProcess(): Promise<string> {
  const whoami = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'whoami.exe');
  const { stdout } = await promisify(execFile)(whoami, ['/groups', '/fo', 'csv', '/nh'], {
    windowsHide: true,
  });
  return stdout;
}

/** Whether this process has an administrator's rights, so that Windows lets no other program drop files on it. */
export async function isElevated(
  platform: string = process.platform,
  groups: () => Promise<string> = groupsOfThisProcess,
): Promise<boolean> {
  if (platform !== 'win32') return false;
  try {
    return (await groups()).includes(HIGH);
  } catch {
    return false;
  }
}

/** @file Takes a mounted disk away when this process ends, however it does. */
import { spawn } from 'node:child_process';

/** Waits until its standard input ends, which the system sees to; `$1`: where it is mounted, `$2`: what holds it. */
const waiting = 'trap "" INT TERM HUP; read -r _; umount -l "$1" 2>/dev/null; rm -rf --one-file-system "$2"';

/** Starts a process that outlives this one by a moment, to unmount `folder` and to remove `root` if they are there still. */
export function guard(folder: string, root: string): void {
  const child = spawn('sh', ['-c', waiting, 'sh', folder, root], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  child.unref();
  const { stdin } = child;
  // A socket of Node's, which else would keep this process alive.
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
}

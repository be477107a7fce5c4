/** @file The command line beside the window: it shares its keys and settings, and is the check of what was written. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Desktop } from './fixture.ts';

const cli = path.resolve(import.meta.dirname, '../../electron/cli.ts');

/** Runs `envelope …words` with the keys of `desktop` in its folder. @throws if it does not end well */
export async function envelope(desktop: Desktop, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words], {
    cwd: desktop.folder,
    env: {
      PATH: process.env['PATH'],
      ENVELOPE_HOME: desktop.home,
      AWS_EC2_METADATA_DISABLED: 'true',
      // As the app has them.
      AWS_CONFIG_FILE: desktop.path('aws', 'config'),
      AWS_SHARED_CREDENTIALS_FILE: desktop.path('aws', 'credentials'),
    },
  });
  return stdout;
}

/** Makes a key and the default, without the system's key store: that is for the app alone to ask. */
export async function makeSharedKey(desktop: Desktop): Promise<void> {
  await envelope(desktop, 'keys', 'new', 'shared');
  await envelope(desktop, 'keys', 'default', 'shared');
}

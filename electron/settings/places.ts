import path from 'node:path';
import envPaths from 'env-paths';
import { makeFolder } from '../files/mirror.ts';

/** Where the program keeps what it keeps. Absolute paths; nothing of it needs to exist. */
export type Places = {
  settingsFile: string;
  /** Secrets of connections, as the system's key store protects them. */
  secretsFile: string;
  /** Masters of local keys. */
  keysFolder: string;
  /** Paths of temporaries of running jobs (FORMAT.md section 5). */
  journalFolder: string;
  /** Rows of work that is over. */
  historyFile: string;
  /** Which envelopes wait for a KMS key that could not be reached. */
  waitingFolder: string;
  /** Copies of envelopes. */
  envelopesFolder: string;
  /** Records of changes of who can open (`electron/rewrap`). */
  recordsFolder: string;
  /** What the window remembers, and what Chromium and the system's key store keep for it. */
  desktopFolder: string;
};

/** One folder for everything if the variable `ENVELOPE_HOME` is set, else the system's own places for programs. */
export function findPlaces(environment: NodeJS.ProcessEnv = process.env): Places {
  const home = environment['ENVELOPE_HOME'];
  const system = envPaths('envelope', { suffix: '' });
  const { config, data } = home ? { config: path.resolve(home), data: path.resolve(home) } : system;
  return {
    settingsFile: path.join(config, 'settings.json'),
    secretsFile: path.join(config, 'secrets.json'),
    keysFolder: path.join(data, 'keys'),
    // Not among the logs, which people and cleaners empty.
    journalFolder: path.join(data, 'journal'),
    historyFile: path.join(data, 'history.jsonl'),
    waitingFolder: path.join(data, 'waiting'),
    envelopesFolder: path.join(data, 'envelopes'),
    recordsFolder: path.join(data, 'changes'),
    desktopFolder: path.join(data, 'desktop'),
  };
}

/**
 * Makes a folder, and what is missing above it, for this user alone (0700). One that exists stays as it is.
 * @throws EnvelopeError `target-unwritable` and the other codes of a full or read-only disk
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  await makeFolder(folder, 0o700);
}

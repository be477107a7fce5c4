/** @file The profiles of AWS's shared configuration files, by name only: what is in them is for the SDK to read. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** `[default]`, `[profile team]`; in the file with credentials also `[team]`. Other sections are no profiles. */
const inConfig = /^\s*\[\s*(?:profile\s+(?<name>[^\]]+?)|(?<plain>default))\s*\]/;
const inCredentials = /^\s*\[\s*(?<name>[^\]]+?)\s*\]/;

/** Sorted; none if there are no such files, or they cannot be read. */
export async function listProfiles(environment: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  const folder = path.join(homedir(), '.aws');
  const config = environment['AWS_CONFIG_FILE'] ?? path.join(folder, 'config');
  const credentials = environment['AWS_SHARED_CREDENTIALS_FILE'] ?? path.join(folder, 'credentials');
  const found = [...(await namesIn(config, inConfig)), ...(await namesIn(credentials, inCredentials))];
  return [...new Set(found)].sort();
}

async function namesIn(file: string, section: RegExp): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split(/\r?\n/).flatMap((line) => {
    const groups = section.exec(line)?.groups;
    const name = groups?.['name'] ?? groups?.['plain'];
    // Names with spaces are quoted.
    return name === undefined ? [] : [name.replace(/^(["'])(.*)\1$/, '$2')];
  });
}

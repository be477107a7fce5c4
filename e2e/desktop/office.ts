/** @file A person whose `~/.aws` leads to a KMS on loopback with one key, alias/team: for specs of what happens half way. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { symmetric, type Key } from '../kms-stand-in/keys.ts';
import { startKms, type StandIn } from '../kms-stand-in/start.ts';
import { envelope } from './command-line.ts';
import { test as base, type Desktop } from './fixture.ts';
import { expect, openChoice } from './person.ts';
import { writeTree } from './tree.ts';

export const REGION = 'eu-central-1';
export const place = { account: '111122223333', region: REGION };

/** The connection “work” by a profile whose keys are as good as a session: it can end, and be renewed elsewhere. */
export async function connectOffice(desktop: Desktop, kms: StandIn): Promise<void> {
  writeTree(desktop.path('aws'), {
    config: `[profile office]\nregion = ${REGION}\n`,
    credentials: '[office]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = example\n',
  });
  const connection = ['--profile', 'office', '--region', REGION, '--endpoint', kms.endpoint];
  await envelope(desktop, 'keys', 'aws', 'connect', 'work', ...connection);
}

export const test = base.extend<{ kms: StandIn; key: Key; office: Desktop }>({
  kms: async ({}, use) => {
    await using kms = await startKms();
    await use(kms);
  },
  key: async ({ kms }, use) => {
    const key = kms.keys.create(place, symmetric);
    kms.keys.addAlias(place, 'alias/team', key.id);
    await use(key);
  },
  /** Connected, and not launched yet. */
  office: async ({ stopped, kms, key }, use) => {
    expect(key.state).toBe('Enabled');
    await connectOffice(stopped, kms);
    await use(stopped);
  },
});

/** What is dropped from now on is sealed with this key alone. */
export async function sealWith(desktop: Desktop, alias: string): Promise<void> {
  await openChoice(desktop, 'Sealed with');
  await desktop.page.getByRole('checkbox', { name: alias }).check();
  await desktop.page.keyboard.press('Escape');
}

/** The question of work that waits for a session. */
export const sessionOver = ({ page }: Desktop) =>
  page.getByRole('dialog', { name: 'The session of “work” is over' });

/** The person has signed in elsewhere, and says so. `renewed`: ends the fault. */
export async function signInElsewhere(desktop: Desktop, renewed: () => void): Promise<void> {
  await expect(sessionOver(desktop)).toBeVisible();
  renewed();
  await sessionOver(desktop).getByRole('button', { name: 'I have signed in: go on' }).click();
  await expect(sessionOver(desktop)).toBeHidden();
}

/** The keys that an envelope names. */
export const keysOf = (file: string): string[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { keys: { key: string }[] }).keys.map(({ key }) => key);

/** Names of files below a folder that end so, in order. */
export const namesBelow = (folder: string, end: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => name.split(path.sep).join('/'))
    .sort();

/** `count` small files, with different contents. */
export const papers = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.txt`, `paper ${n}`]));

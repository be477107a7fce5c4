/** Where a packaged program looks for newer versions, and what is laid there. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFile } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../electron/updates/manifest.ts';
import { make, type Made } from './fakes/make.ts';
import { needBundle } from './fakes/bundle.ts';
import { feedOf, signingKeyOf, writeManifest } from './updates.ts';

const pair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    public: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    private: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  };
};
const own = pair();
const url = 'https://updates.example/envelope/';
const feed = { url, publicKey: own.public };

describe('the feed of a build', () => {
  it('is none unless somebody names one', () => {
    expect(feedOf({})).toBeUndefined();
    expect(feedOf({ ENVELOPE_UPDATE_URL: '', ENVELOPE_UPDATE_PUBLIC_KEY: '' })).toBeUndefined();
    expect(feedOf({ ENVELOPE_UPDATE_URL: url, ENVELOPE_UPDATE_PUBLIC_KEY: own.public })).toEqual(feed);
  });

  it.each([
    ['without a key', { ENVELOPE_UPDATE_URL: url }],
    ['without an address', { ENVELOPE_UPDATE_PUBLIC_KEY: own.public }],
    [
      'over plain http',
      { ENVELOPE_UPDATE_URL: 'http://updates.example/', ENVELOPE_UPDATE_PUBLIC_KEY: own.public },
    ],
    [
      'that is no folder',
      { ENVELOPE_UPDATE_URL: 'https://updates.example/x', ENVELOPE_UPDATE_PUBLIC_KEY: own.public },
    ],
  ])('%s stops the build', (_, environment) => {
    expect(() => feedOf(environment)).toThrow(/./);
  });

  it('is signed only with the key that packages believe', () => {
    expect(signingKeyOf({}, feed)).toBeUndefined();
    expect(signingKeyOf({ ENVELOPE_UPDATE_SIGNING_KEY: own.private }, feed)?.type).toBe('private');
    expect(() => signingKeyOf({ ENVELOPE_UPDATE_SIGNING_KEY: pair().private }, feed)).toThrow('not the one');
  });
});

describe('what is laid there', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'envelope-updates-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const key = signingKeyOf({ ENVELOPE_UPDATE_SIGNING_KEY: own.private }, feed)!;
  const file = (name: string): string => {
    writeFileSync(path.join(folder, name), name);
    return path.join(folder, name);
  };

  it('names the packages that replace themselves, with their sums, and is believed', async () => {
    const files = ['Envelope-1.0.0-linux-x86_64.AppImage', 'Envelope-1.0.0-linux-amd64.deb'].map(file);
    const release = { system: 'linux' as const, program: '1.0.0', released: new Date(), files, folder };
    const [manifest = '', signature = ''] = await writeManifest(release, feed, key);
    const read = readManifest(
      readFileSync(manifest, 'utf8'),
      readFileSync(signature, 'utf8'),
      feed.publicKey,
      'linux',
    );
    expect(read.program).toBe('1.0.0');
    expect(read.files.map(({ name, size }) => [name, size])).toEqual([
      ['Envelope-1.0.0-linux-x86_64.AppImage', 'Envelope-1.0.0-linux-x86_64.AppImage'.length],
    ]);
  });

  it('is nothing where there are no such packages', async () => {
    const files = [file('Envelope-1.0.0-mac.dmg')];
    const release = { system: 'mac' as const, program: '1.0.0', released: new Date(), files, folder };
    expect(await writeManifest(release, feed, key)).toEqual([]);
    expect(existsSync(path.join(folder, 'updates-mac.json'))).toBe(false);
  });
});

describe('a packaged program', () => {
  let withFeed: Made;
  let without: Made;
  beforeAll(async () => {
    needBundle();
    withFeed = await make('linux', 'dir', feed);
    without = await make('linux', 'dir');
  }, 300_000);
  afterAll(() => {
    withFeed[Symbol.dispose]();
    without[Symbol.dispose]();
  });
  const resources = ({ folder }: Made, ...names: string[]): string =>
    path.join(folder, 'linux-unpacked/resources', ...names);
  const manifest = (made: Made): unknown =>
    JSON.parse(extractFile(resources(made, 'app.asar'), 'package.json').toString());

  it('has its feed inside the archive, whose integrity is checked', () => {
    expect(manifest(withFeed)).toMatchObject({ name: 'envelope', main: 'main.js', updates: feed });
    expect(existsSync(resources(withFeed, 'app-update.yml'))).toBe(true);
  });

  it('made without one has none', () => {
    expect(manifest(without)).not.toHaveProperty('updates');
    expect(existsSync(resources(without, 'app-update.yml'))).toBe(false);
  });
});

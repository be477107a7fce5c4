/** @file The provider in electron-updater's hands: what it asks for, whom it believes, and which files it names. */
import { generateKeyPairSync } from 'node:crypto';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import { describe, expect, it } from 'vitest';
import { signManifest } from '../updates/manifest.ts';
import { SignedProvider } from './signed-provider.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const feed = {
  url: 'https://updates.example/envelope/',
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
};
const sha512 = Buffer.alloc(64, 1).toString('base64');
const text = JSON.stringify({
  version: 1,
  system: 'win',
  program: '2.0.0',
  released: '2026-11-26T04:00:00.000Z',
  files: [{ name: 'Envelope-2.0.0-win-x64.exe', sha512, size: 12 }],
});

type Request = { protocol: string; hostname: string; path: string; headers?: object };
type Made = { asked: string[]; headers: object[]; provider: SignedProvider };

/** A server that has these files; what was asked for stands in `asked`, and with what more in `headers`. */
function provider(files: Readonly<Record<string, string>>): Made {
  const asked: string[] = [];
  const sent: object[] = [];
  const request = async ({ protocol, hostname, path, headers }: Request): Promise<string | null> => {
    asked.push(`${protocol}//${hostname}${path}`);
    if (headers !== undefined) sent.push(headers);
    return await Promise.resolve(files[path.split('/').at(-1) ?? ''] ?? null);
  };
  const runtime = { executor: { request }, platform: 'win32', isUseMultipleRangeRequest: false };
  const options = { provider: 'custom' as const, signed: { feed, system: 'win' } };
  return {
    asked,
    headers: sent,
    provider: new SignedProvider(options, undefined, runtime as unknown as ProviderRuntimeOptions),
  };
}

describe('a signed feed', () => {
  it('is asked for two small files, and says what electron-updater wants to know', async () => {
    const made = provider({
      'updates-win.json': text,
      'updates-win.json.sig': signManifest(text, privateKey),
    });
    const info = await made.provider.getLatestVersion();
    expect(made.asked).toEqual([`${feed.url}updates-win.json`, `${feed.url}updates-win.json.sig`]);
    expect(info).toMatchObject({ version: '2.0.0', files: [{ sha512, size: 12 }] });
    const [file] = made.provider.resolveFiles(info);
    expect(file?.url.href).toBe(`${feed.url}Envelope-2.0.0-win-x64.exe`);
    expect(file?.info.sha512).toBe(sha512);
  });

  it('is not told which installation asks, though electron-updater would say so', async () => {
    const made = provider({
      'updates-win.json': text,
      'updates-win.json.sig': signManifest(text, privateKey),
    });
    made.provider.setRequestHeaders({ 'x-user-staging-id': '0f6c2a7e-6f0e-5a53-9a55-0d1c5b0b6a11' });
    await made.provider.getLatestVersion();
    expect(made.asked).toHaveLength(2);
    expect(made.headers).toEqual([]);
  });

  it('that another has signed is refused', async () => {
    const other = signManifest(text, generateKeyPairSync('ed25519').privateKey);
    const made = provider({ 'updates-win.json': text, 'updates-win.json.sig': other });
    await expect(made.provider.getLatestVersion()).rejects.toMatchObject({ code: 'update-untrusted' });
  });

  it('without a signature is refused', async () => {
    const made = provider({ 'updates-win.json': text });
    await expect(made.provider.getLatestVersion()).rejects.toMatchObject({ code: 'update-failed' });
  });
});

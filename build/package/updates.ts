/** @file The place where a packaged program looks for newer versions, and what is laid there: `npm run dist` by variables. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Feed, feedSchema } from '../../electron/updates/feed.ts';
import {
  type Manifest,
  manifestName,
  type PackageFile,
  readManifest,
  signatureName,
  signManifest,
  type System,
} from '../../electron/updates/manifest.ts';

/** The packages that replace themselves; the others are brought by the system's own tools. */
const replaced: Readonly<Record<System, RegExp>> = {
  linux: /\.AppImage$/,
  mac: /\.zip$/,
  win: /\.exe$/,
};

type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable, as a workflow sets one that it does not have, is none. */
const given = (environment: Environment, name: string): string | undefined => environment[name] || undefined;

/**
 * `ENVELOPE_UPDATE_URL` (https, a folder) and `ENVELOPE_UPDATE_PUBLIC_KEY` (Ed25519, SPKI, base64): both or neither.
 * @throws Error if one is missing or malformed
 */
export function feedOf(environment: Environment): Feed | undefined {
  const url = given(environment, 'ENVELOPE_UPDATE_URL');
  const publicKey = given(environment, 'ENVELOPE_UPDATE_PUBLIC_KEY');
  if (url === undefined && publicKey === undefined) return undefined;
  return feedSchema.parse({ url, publicKey });
}

/** `ENVELOPE_UPDATE_SIGNING_KEY` (Ed25519, PKCS #8, base64). @throws Error if it is not the other half of the feed's key */
export function signingKeyOf(environment: Environment, { publicKey }: Feed): KeyObject | undefined {
  const text = given(environment, 'ENVELOPE_UPDATE_SIGNING_KEY');
  if (text === undefined) return undefined;
  const key = createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  const own = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  if (own !== publicKey) throw new Error('the signing key is not the one whose public half packages believe');
  return key;
}

async function describe(file: string): Promise<PackageFile> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return { name: path.basename(file), sha512: hash.digest('base64'), size: (await stat(file)).size };
}

export type Release = {
  system: System;
  program: string;
  released: Date;
  files: readonly string[];
  folder: string;
};

/**
 * Writes the manifest of a release and its signature into `folder`, for those of `files` that replace themselves.
 * @returns the paths of both; none if there are no such packages
 */
export async function writeManifest(release: Release, feed: Feed, key: KeyObject): Promise<string[]> {
  const { system, program, folder } = release;
  const files = await Promise.all(release.files.filter((file) => replaced[system].test(file)).map(describe));
  if (files.length === 0) return [];
  const manifest: Manifest = { version: 1, system, program, released: release.released.toISOString(), files };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const signature = signManifest(text, key);
  // What no program would believe is not laid out.
  readManifest(text, signature, feed.publicKey, system);
  const written = [
    path.join(folder, manifestName(system)),
    path.join(folder, signatureName(system)),
  ] as const;
  await writeFile(written[0], text);
  await writeFile(written[1], `${signature}\n`);
  return [...written];
}

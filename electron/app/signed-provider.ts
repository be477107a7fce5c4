/** @file A feed for electron-updater that believes only what is signed. */
import type { CustomPublishOptions } from 'builder-util-runtime';
import type { ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater';
import { Provider, type ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Feed } from '../updates/feed.ts';
import {
  type Manifest,
  manifestName,
  readManifest,
  signatureName,
  type System,
} from '../updates/manifest.ts';

/** What `setFeedURL` is given beside the class, as `signed`; electron-updater passes it on. */
export type SignedFeed = { feed: Feed; system: System };

const isSignedFeed = (value: unknown): value is SignedFeed =>
  typeof value === 'object' && value !== null && 'feed' in value && 'system' in value;

/**
 * SECURITY: electron-updater checks a package against the sum that its feed says, and takes the feed's word for it. Here the
 * feed's word is a manifest signed by who makes the program: whoever owns the server, or the way to it, can withhold a
 * version but not choose one.
 */
export class SignedProvider extends Provider<UpdateInfo> {
  readonly #of: SignedFeed;

  constructor({ signed }: CustomPublishOptions, _updater: unknown, runtime: ProviderRuntimeOptions) {
    super(runtime);
    if (!isSignedFeed(signed)) throw new Error('a signed feed was expected');
    this.#of = signed;
  }

  /** @throws EnvelopeError `update-untrusted`, `update-failed` */
  async getLatestVersion(): Promise<UpdateInfo> {
    const { feed, system } = this.#of;
    const text = await this.#read(manifestName(system));
    const signature = await this.#read(signatureName(system));
    return infoOf(readManifest(text, signature, feed.publicKey, system));
  }

  /**
   * SECURITY: electron-updater makes a number for each installation, keeps it, and would send it with every look. Nobody is
   * told which of its programs asks.
   */
  override setRequestHeaders(_headers: unknown): void {}

  resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    return files.map((info) => ({ url: new URL(info.url, this.#of.feed.url), info }));
  }

  async #read(name: string): Promise<string> {
    const text = await this.httpRequest(new URL(name, this.#of.feed.url));
    if (text === null) throw new EnvelopeError('update-failed', 'the feed answered with nothing');
    return text;
  }
}

function infoOf({ program, released, files }: Manifest): UpdateInfo {
  const [first] = files;
  if (first === undefined) throw new Error('a manifest has files');
  // What earlier versions of electron-updater read; its type still wants it.
  const former = { path: first.name, sha512: first.sha512 };
  return {
    version: program,
    releaseDate: released,
    files: files.map(({ name, sha512, size }) => ({ url: name, sha512, size })),
    ...former,
  };
}

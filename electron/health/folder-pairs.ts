/** @file One folder: its envelopes and bodies, paired by name as they come, and by content where names do not pair. */
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { decodeBase64url, encodeBase64url } from '../envelope/base64url.ts';
import type { EnvelopeFile } from '../envelope/read.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX } from '../files/stem.ts';
import { bodyBeside, type Odd, readWalked } from './body-at.ts';
import type { BodyFound } from './judge.ts';
import { findAlone, findBodies, type LookOptions, MOST_HELD } from './second-look.ts';

/** Who hears what was found. */
export type FoundIn = {
  pair: (file: EnvelopeFile, found: BodyFound) => Promise<void>;
  /** An envelope that cannot be read, or is none. */
  unread: (file: string, error: EnvelopeError) => void;
  /** A body that no envelope beside it belongs to. `length` in bytes. */
  alone: (body: string, length: number) => void;
};

export class FolderPairs {
  readonly #folder: string;
  readonly #onFound: FoundIn;
  readonly #options: LookOptions;
  /**
   * Names ending in `.enc`, and envelopes whose body is under their name. If they are as many, every body has an envelope,
   * and nobody need look.
   */
  #bodies = 0;
  #pairs = 0;
  #odd: Odd[] = [];

  constructor(folder: string, onFound: FoundIn, options: LookOptions) {
    this.#folder = folder;
    this.#onFound = onFound;
    this.#options = options;
  }

  /** Something of this name, a link included, may be a body. */
  body(name: string): void {
    // In other cases `T.enc` and `T.ENC` may be two files, or one: names tell nothing then.
    this.#bodies += name.endsWith(BODY_SUFFIX) ? 1 : 2;
  }

  /** Reads an envelope and looks for its body under its name. */
  async envelope(name: string): Promise<void> {
    const file = await this.#read(path.join(this.#folder, name));
    if (file === undefined) return;
    const found = await bodyBeside(file, this.#options.peek);
    if ('code' in found) {
      // Written anew: a part of a text that was read keeps all of it in memory.
      const stream = encodeBase64url(decodeBase64url(file.envelope.header.stream));
      this.#odd.push({ path: file.path, stream, why: found });
      if (this.#odd.length >= (this.#options.mostHeld ?? MOST_HELD)) await this.#findBodies();
      return;
    }
    if (name.endsWith(ENVELOPE_SUFFIX) && found.cloud !== true) this.#pairs += 1;
    await this.#onFound.pair(file, found);
  }

  /** To be called once all of the folder was listed and its envelopes were read. */
  async finish(): Promise<void> {
    if (this.#odd.length > 0) await this.#findBodies();
    if (this.#bodies !== this.#pairs) await findAlone(this.#folder, this.#onFound.alone, this.#options);
  }

  async #findBodies(): Promise<void> {
    const odd = this.#odd;
    this.#odd = [];
    const onFound = async ({ path: envelope }: Odd, found: BodyFound): Promise<void> => {
      const file = await this.#read(envelope);
      if (file !== undefined) await this.#onFound.pair(file, found);
    };
    await findBodies(this.#folder, odd, onFound, this.#options);
  }

  /** Undefined if it cannot be read, which is told, or is gone, which is not. */
  async #read(envelope: string): Promise<EnvelopeFile | undefined> {
    try {
      return await readWalked(envelope, this.#options.peek);
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
      const told = error.code === 'source-missing' ? whyNotFound(envelope) : error;
      if (told !== undefined) this.#onFound.unread(envelope, told);
      return undefined;
    }
  }
}

/** What was listed and is not there has gone meanwhile; or its name is not UTF-8, and no string can say it. */
export function whyNotFound(file: string): EnvelopeError | undefined {
  if (!file.includes('\uFFFD')) return undefined;
  return new EnvelopeError('name-impossible', 'the path is not UTF-8', { path: file, reason: 'not UTF-8' });
}

/** @file Looking at the health of envelopes: folders are walked as a stream, and nothing of a file is kept but counts. */
import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type {
  HealthCounts,
  HealthFile,
  HealthProblem,
  HealthSummary,
  KeyHealth,
} from '../../shared/health.ts';
import type { EnvelopeFile } from '../envelope/read.ts';
import { nameInCloud } from '../files/in-cloud.ts';
import { fromSystem } from '../files/io-error.ts';
import { type Peek, Peeker } from '../files/peeker.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX, hasSuffix } from '../files/stem.ts';
import type { RunOptions } from '../stream/job.ts';
import { FolderPairs, type FoundIn, whyNotFound } from './folder-pairs.ts';
import { type BodyFound, judge, problemOf } from './judge.ts';
import { KeyTable, type KeyTableParts } from './key-table.ts';
import { KmsDesk, type KmsParts } from './kms-desk.ts';
import { type Root, readGiven, rootsOf } from './roots.ts';
import { Tally } from './tally.ts';
import { Turns } from './turns.ts';

/** Files under way at once: they hide the waiting for the disk and for a KMS, and go to the disk's threads together. */
const AT_ONCE = 64;
/** Milliseconds between two tellings of how far it is. */
const TELL_EVERY = 100;

export type HealthParts = Omit<KeyTableParts, 'kms'> & {
  kms: KmsParts;
  /** What this computer calls a key. */
  nameOf: (key: string) => string | undefined;
  /** Checks every byte of an envelope that opens now; without it no byte of a body is read but the first 40. */
  verify?:
    ((file: EnvelopeFile, options: RunOptions) => Promise<{ size: number; calls: number }>) | undefined;
};

export type HealthRequest = {
  /** Folders and drives, envelopes and bodies. */
  paths: readonly string[];
  /** Folders that are passed over, such as the one with the program's own copies of envelopes. */
  exclude?: readonly string[] | undefined;
};

/** Counts so far, and where it is. */
export type HealthProgress = { counts: Readonly<HealthCounts>; path: string };

export type HealthOptions = {
  signal?: AbortSignal | undefined;
  /**
   * Called for every file: each envelope, and whatever else is wrong. Nothing of it is kept here.
   * @param keyOf the key of an index in it, with the counts so far
   */
  onFile: (file: HealthFile, keyOf: (index: number) => Readonly<KeyHealth>) => void;
  onProgress?: ((progress: HealthProgress) => void) | undefined;
};

/**
 * Looks at every envelope below `paths`: whether its body is there and whole by its length, and what its keys say. Each
 * KMS key is asked once how it is and once for each set of labels (see [Note: the shape of a context]); no person is asked.
 * What cannot be read is told like everything else, and a cancel ends it with what was found so far.
 */
export async function checkHealth(
  parts: HealthParts,
  request: HealthRequest,
  options: HealthOptions,
): Promise<HealthSummary> {
  await using peeker = new Peeker();
  return await new Scan(parts, options, peeker.peek).run(request);
}

class Scan {
  readonly #parts: HealthParts;
  readonly #options: HealthOptions;
  readonly #tally = new Tally();
  readonly #peek: Peek;
  readonly #turns = new Turns(AT_ONCE);
  readonly #kms: KmsDesk;
  readonly #keys: KeyTable;
  readonly #excluded = new Set<string>();
  /** Envelopes that were named, themselves or by their body. */
  readonly #given = new Set<string>();
  #toldAt = 0;
  /** Bytes of bodies that are being verified. */
  readonly #verifying = new Map<EnvelopeFile, number>();
  #verifiedBytes = 0;

  constructor(parts: HealthParts, options: HealthOptions, peek: Peek) {
    this.#peek = peek;
    this.#parts = parts;
    this.#options = options;
    this.#kms = new KmsDesk(parts.kms, options.signal);
    this.#keys = new KeyTable({ ...parts, kms: this.#kms }, { signal: options.signal });
  }

  async run({ paths, exclude = [] }: HealthRequest): Promise<HealthSummary> {
    const started = performance.now();
    const roots = await rootsOf(paths, exclude, (file, error) => {
      const isEnvelope = hasSuffix(file, ENVELOPE_SUFFIX);
      this.#problem(file, isEnvelope ? 'envelope-unreadable' : 'folder-unreadable', error);
    });
    for (const root of roots) {
      for (const folder of root.excluded) this.#excluded.add(folder);
      if (root.kind === 'folder') await this.#folder(root.path);
      else await this.#begin(async () => await this.#named(root));
    }
    await this.#turns.over();
    const cancelled = this.#cancelled;
    const keys = await this.#keys.summary(this.#parts.nameOf, !cancelled);
    const seconds = (performance.now() - started) / 1000;
    const { calls } = this.#kms;
    return { ...this.#counts, keys, calls, someLinks: this.#tally.someLinks, cancelled, seconds };
  }

  get #cancelled(): boolean {
    return this.#options.signal?.aborted === true;
  }

  get #counts(): HealthCounts {
    let verifiedBytes = this.#verifiedBytes;
    for (const bytes of this.#verifying.values()) verifiedBytes += bytes;
    return { ...this.#tally.counts, verifiedBytes };
  }

  /** Lists a folder and begins what is in it; whoever comes last to its end finishes it, beside the rest. */
  async #folder(folder: string): Promise<void> {
    if (this.#cancelled || this.#excluded.has(folder)) return;
    this.#tally.counts.folders += 1;
    const pairs = new FolderPairs(folder, this.#found, { signal: this.#options.signal, peek: this.#peek });
    let open = 1;
    const end = async (): Promise<void> => {
      open -= 1;
      if (open === 0 && !this.#cancelled) await pairs.finish();
    };
    try {
      for await (const entry of await opendir(folder, { bufferSize: 256 })) {
        if (this.#cancelled) break;
        const { name } = entry;
        const file = path.join(folder, name);
        if (entry.isSymbolicLink()) this.#link(file, pairs);
        else if (entry.isDirectory()) await this.#folder(file);
        else if (!entry.isFile()) continue;
        else if (hasSuffix(name, BODY_SUFFIX)) pairs.body(name);
        else if (hasSuffix(name, ENVELOPE_SUFFIX)) {
          open += 1;
          await this.#begin(async () => {
            await pairs.envelope(name);
            await end();
          });
        } else if (nameInCloud(name)?.toLowerCase().endsWith(ENVELOPE_SUFFIX) === true) {
          this.#problem(file, 'in-cloud');
        }
      }
    } catch (error) {
      this.#unlisted(folder, error);
    }
    await this.#begin(end);
  }

  #link(file: string, pairs: FolderPairs): void {
    this.#tally.link(file);
    if (hasSuffix(file, BODY_SUFFIX)) pairs.body(path.basename(file));
  }

  /** A folder that cannot be listed, or not to its end. One that has gone meanwhile is not told. */
  #unlisted(folder: string, error: unknown): void {
    const known = fromSystem(error, 'source', folder);
    if (!isEnvelopeError(known)) throw known;
    const told = known.code === 'source-missing' ? whyNotFound(folder) : known;
    if (told !== undefined) this.#problem(folder, 'folder-unreadable', told);
  }

  /** After a cancel nothing is begun, and what is under way ends without a word. */
  async #begin(work: () => Promise<void>): Promise<void> {
    await this.#turns.begin(async () => {
      try {
        if (!this.#cancelled) await work();
      } catch (error) {
        if (!isEnvelopeError(error, 'cancelled')) throw error;
      }
    });
  }

  /** A file that the user named. */
  async #named(root: Root): Promise<void> {
    const read = await readGiven(root.path);
    if ('file' in read) {
      // `envelope health *` names both halves of every pair.
      if (this.#given.has(read.file.path)) return;
      this.#given.add(read.file.path);
      await this.#found.pair(read.file, read.found);
    } else if (read.error.code === 'envelope-missing') this.#found.alone(root.path, 0);
    else this.#found.unread(root.path, read.error);
  }

  readonly #found: FoundIn = {
    pair: async (file: EnvelopeFile, found: BodyFound) => {
      const { verify } = this.#parts;
      const verifyOne = verify && (async () => await this.#verify(file, verify));
      const judged = await judge(file, found, this.#keys, verifyOne);
      this.#tally.envelope(judged, found.body?.length ?? 0);
      this.#options.onFile(judged, this.#keyOf);
      this.#tell(file.path);
    },
    unread: (file, error) => {
      this.#problem(file, problemOf(error.toRecord(), 'envelope-unreadable'), error);
    },
    alone: (body, length) => {
      this.#problem(
        body,
        'envelope-missing',
        new EnvelopeError('envelope-missing', 'no envelope beside it', { body, length }),
      );
    },
  };

  async #verify(file: EnvelopeFile, verify: NonNullable<HealthParts['verify']>): Promise<void> {
    try {
      const onProgress = (bytes: number): void => {
        this.#verifying.set(file, bytes);
        this.#tell(file.path);
      };
      const run = { signal: this.#options.signal, onProgress };
      const { size, calls } = await this.#kms.patiently(async () => await verify(file, run));
      this.#tally.counts.verified += 1;
      this.#verifiedBytes += size;
      this.#kms.count('Decrypt', calls);
    } finally {
      this.#verifying.delete(file);
    }
  }

  #problem(file: string, problem: HealthProblem, error?: EnvelopeError): void {
    this.#tally.problem(problem);
    const told = error === undefined ? {} : { error: error.toRecord() };
    this.#options.onFile({ path: file, problem, keys: [], ...told }, this.#keyOf);
    this.#tell(file);
  }

  readonly #keyOf = (index: number): KeyHealth => this.#keys.at(index);

  #tell(at: string): void {
    const now = performance.now();
    if (now - this.#toldAt < TELL_EVERY) return;
    this.#toldAt = now;
    this.#options.onProgress?.({ counts: this.#counts, path: at });
  }
}

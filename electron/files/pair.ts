/** @file Giving a sealed pair its final names: steps 4 and 5 of FORMAT.md section 5. */
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { type Claim, claimName, dropClaim, exists, removeFile, replaceName, settleClaim } from './atomic.ts';
import { fsyncFolder } from './fsync-folder.ts';
import { inTurn } from './in-turn.ts';
import { BODY_SUFFIX, ENVELOPE_SUFFIX } from './stem.ts';

/** What to do where `T.enc` or `T.envelope` is taken. */
export type PairCollision = 'keep-both' | 'replace' | 'skip' | 'refuse';

/** A pair that is complete and fsynced under its temporary names. */
export type SealedPair = {
  folder: string;
  /** Absolute paths of the temporaries, in `folder`. */
  body: string;
  envelope: string;
  collision: PairCollision;
  /** The `n`-th choice of a stem, n ≥ 1. */
  stem: (n: number) => string;
  /** Notes the stem that is tried next in the journal; settles when it is on disk. */
  onStem: (stem: string) => Promise<void>;
};

/** Absolute final paths. `settled` is false if a temporary's name could not be removed: leave the job in the journal. */
export type NamedPair = { stem: string; body: string; envelope: string; settled: boolean };

/** What naming does to the disk; tests put failures and other file systems in. */
export type Naming = {
  exists: typeof exists;
  claim: (partial: string, final: string) => Promise<Claim | undefined>;
  drop: typeof dropClaim;
  settle: typeof settleClaim;
  replace: (partial: string, final: string) => Promise<void>;
  fsyncFolder: typeof fsyncFolder;
};

const onDisk: Naming = {
  exists,
  claim: claimName,
  drop: dropClaim,
  settle: settleClaim,
  replace: replaceName,
  fsyncFolder,
};

/** Where the two files of stem T lie. */
export function finalNames(folder: string, stem: string): { body: string; envelope: string } {
  return {
    body: path.join(folder, stem + BODY_SUFFIX),
    envelope: path.join(folder, stem + ENVELOPE_SUFFIX),
  };
}

/**
 * Gives the pair its final names: body, fsync, envelope, fsync. Not cancellable.
 *
 * If either name is taken, both get the next number (`keep-both`). If a step fails, a fresh pair's names are taken away
 * again and the temporaries are as before. A pair that replaces another (`replace`) has been verified by the caller.
 * If it fails after its body took the place of the old one, or if a name cannot be taken away, the error carries
 * `details.unfinished`: the temporaries and the job's journal entry must stay, and the next start finishes it.
 *
 * @returns undefined if the name is taken and `collision` is `skip`; the temporaries are still there
 * @throws EnvelopeError `name-taken` (`refuse`; `replace` where a folder has the name), `target-missing`,
 *   `target-unwritable`, `name-impossible`, `io-failed`
 */
export async function namePair(pair: SealedPair, disk: Naming = onDisk): Promise<NamedPair | undefined> {
  for (let n = 1; ; n += 1) {
    const stem = pair.stem(n);
    const attempt = pair.collision === 'replace' ? replacePair : claimPair;
    // Two jobs at one stem would interleave: the body of one beside the envelope of the other.
    const named = await inTurn(path.join(pair.folder, stem), async () => await attempt(pair, stem, disk));
    if (named !== undefined) return named;
    if (pair.collision === 'skip') return undefined;
    if (pair.collision === 'refuse') throw nameTaken(pair.folder, stem);
  }
}

function nameTaken(folder: string, stem: string): EnvelopeError {
  return new EnvelopeError('name-taken', 'the name of the pair is taken', { folder, stem });
}

/** One attempt of a fresh pair; undefined if either name is taken. */
async function claimPair(pair: SealedPair, stem: string, disk: Naming): Promise<NamedPair | undefined> {
  const final = finalNames(pair.folder, stem);
  // Asked first only to spare the journal a stem that cannot be: the claims decide.
  if ((await disk.exists(final.body)) || (await disk.exists(final.envelope))) return undefined;
  await pair.onStem(stem);
  const claims: Claim[] = [];
  try {
    for (const half of ['body', 'envelope'] as const) {
      const claim = await disk.claim(pair[half], final[half]);
      if (claim === undefined) {
        await dropAll(claims, disk);
        return undefined;
      }
      claims.push(claim);
      await disk.fsyncFolder(pair.folder);
    }
  } catch (error) {
    await dropAll(claims, disk).catch(() => {
      throw unfinished(error);
    });
    throw error;
  }
  return { stem, ...final, settled: await settleAll(claims, disk) };
}

/** The envelope's name goes first, so that it never stands without its body. */
async function dropAll(claims: Claim[], disk: Naming): Promise<void> {
  for (let claim = claims.at(-1); claim !== undefined; claim = claims.at(-1)) {
    await disk.drop(claim);
    claims.pop();
  }
}

async function settleAll(claims: readonly Claim[], disk: Naming): Promise<boolean> {
  const results = await Promise.allSettled(claims.map(async (claim) => await disk.settle(claim)));
  return results.every(({ status }) => status === 'fulfilled');
}

async function replacePair(pair: SealedPair, stem: string, disk: Naming): Promise<NamedPair> {
  const final = finalNames(pair.folder, stem);
  for (const name of [final.body, final.envelope]) {
    if (lstatSync(name, { throwIfNoEntry: false })?.isDirectory() === true)
      throw nameTaken(pair.folder, stem);
  }
  await pair.onStem(stem);
  await disk.replace(pair.body, final.body);
  try {
    await disk.fsyncFolder(pair.folder);
    await disk.replace(pair.envelope, final.envelope);
    await disk.fsyncFolder(pair.folder);
  } catch (error) {
    throw unfinished(error);
  }
  return { stem, ...final, settled: true };
}

/** Whatever it was, a bug too: the temporaries must stay. */
function unfinished(cause: unknown): EnvelopeError {
  const { code, message, details } =
    cause instanceof EnvelopeError
      ? cause
      : new EnvelopeError('io-failed', 'the names of a pair could not be finished');
  return new EnvelopeError(code, message, { ...details, unfinished: true }, cause);
}

/**
 * Removes the temporaries of a pair that is given up. The envelope goes first: a crash in between then leaves a body,
 * which the next start deletes, and not an envelope, which it would keep.
 */
export async function removePartials({ body, envelope }: { body: string; envelope: string }): Promise<void> {
  await removeFile(envelope);
  await removeFile(body);
}

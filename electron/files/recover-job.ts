/** @file One job of an abandoned journal, by the table of FORMAT.md section 5: the first row that fits. */
import { areOneFile, dropClaim, exists, giveName, removeFile, replaceName } from './atomic.ts';
import { isGoneFrom } from './device.ts';
import { fsyncFolder } from './fsync-folder.ts';
import { ioErrors } from './io-error.ts';
import {
  folderOf,
  type JournalEntry,
  type OpenEntry,
  type RewrapEntry,
  type SealEntry,
} from './journal-entry.ts';
import { bodyHeader, envelopeHeader, isOnePair } from './pair-header.ts';
import { finalNames, namePair, removePartials } from './pair.ts';
import { removeTree } from './remove-tree.ts';
import { numberedStem } from './stem.ts';

/**
 * `finished`: the pair has its final names · `removed`: temporaries were deleted, no final name was touched · `kept`: a
 * temporary envelope that may be the only way to open some body · `waits`: its disk is not there now · `nothing`.
 */
export type Found =
  | { did: 'finished'; body: string; envelope: string }
  | { did: 'removed' | 'kept' | 'waits'; paths: string[] }
  | { did: 'nothing' };

type Note = (entry: JournalEntry) => Promise<void>;

/**
 * Treats one job. Whatever a crash interrupts here is treated again at the next start.
 * @param note writes a new entry of the job to its journal
 * @throws EnvelopeError of the disk; the job then stays in its journal
 */
export async function recoverJob(entry: JournalEntry, note: Note): Promise<Found> {
  const folder = folderOf(entry);
  if (!(await exists(folder))) {
    return (await isGoneFrom(entry.device, folder)) ? { did: 'nothing' } : { did: 'waits', paths: [folder] };
  }
  if (entry.kind === 'seal') return await recoverSeal(entry, note);
  return entry.kind === 'open' ? await recoverOpen(entry) : await recoverRewrap(entry);
}

async function recoverSeal(entry: SealEntry, note: Note): Promise<Found> {
  const { stem } = entry;
  const finished = stem === undefined ? undefined : await finish({ ...entry, stem }, note);
  if (finished !== undefined) return finished;
  const left = await existing([entry.body, entry.envelope]);
  if (left.includes(entry.body)) {
    if (stem !== undefined) await takeBody({ ...entry, stem });
    await removePartials(entry);
    return { did: 'removed', paths: left };
  }
  return left.length === 0 ? { did: 'nothing' } : { did: 'kept', paths: left };
}

/**
 * Row 1: one half has its final name, the other is a complete temporary, and both carry the same 40 bytes. An envelope
 * is complete if it parses; a body was on disk before its envelope was begun.
 */
async function finish(entry: SealEntry & { stem: string }, note: Note): Promise<Found | undefined> {
  const final = finalNames(entry.folder, entry.stem);
  const body = { left: await bodyHeader(entry.body), final: await bodyHeader(final.body) };
  const envelope = {
    left: await envelopeHeader(entry.envelope),
    final: await envelopeHeader(final.envelope),
  };
  const bodyIsNamed = isOnePair(envelope.left, body.final);
  const envelopeIsNamed = isOnePair(envelope.final, body.left);
  if ((bodyIsNamed || envelopeIsNamed) && isOnePair(envelope.final, body.final)) {
    // Both names were given; the envelope may have been rewrapped since, so the temporary one must not come back.
    await removePartials(entry);
    return { did: 'finished', ...final };
  }
  if (bodyIsNamed) return await finishHalf(entry, 'envelope', note);
  return envelopeIsNamed ? await finishHalf(entry, 'body', note) : undefined;
}

/** Gives the half that is still a temporary its final name. */
async function finishHalf(
  entry: SealEntry & { stem: string },
  half: 'body' | 'envelope',
  note: Note,
): Promise<Found> {
  const final = finalNames(entry.folder, entry.stem);
  await fsyncFolder(entry.folder);
  if (entry.replace === true) await replaceName(entry[half], final[half]);
  else if (!(await giveName(entry[half], final[half]))) return await finishElsewhere(entry, half, note);
  await fsyncFolder(entry.folder);
  await removePartials(entry);
  return { did: 'finished', ...final };
}

/** Somebody else has the other name: as in sealing, both halves get the next number. */
async function finishElsewhere(
  entry: SealEntry & { stem: string },
  half: 'body' | 'envelope',
  note: Note,
): Promise<Found> {
  const other = half === 'body' ? 'envelope' : 'body';
  const claimed = finalNames(entry.folder, entry.stem)[other];
  const how = (await exists(entry[other])) ? 'linked' : 'renamed';
  await dropClaim({ partial: entry[other], final: claimed, how });
  const named = await namePair({
    ...entry,
    collision: 'keep-both',
    stem: (n) => numberedStem(entry.stem, n, entry.job),
    onStem: async (stem) => {
      await note({ ...entry, stem });
    },
  });
  if (named === undefined) throw new Error('a pair that keeps both is always named');
  await removePartials(entry);
  return { did: 'finished', body: named.body, envelope: named.envelope };
}

/** A body that took its final name before its envelope was on disk, after a power failure: no envelope will ever come. */
async function takeBody(entry: SealEntry & { stem: string }): Promise<void> {
  const { body } = finalNames(entry.folder, entry.stem);
  const isOurs = await ioErrors('target', body, async () => await areOneFile(entry.body, body));
  if (isOurs) await removeFile(body);
}

/** Plaintext is always deleted. */
async function recoverOpen({ partial, folder = false }: OpenEntry): Promise<Found> {
  if (!(await exists(partial))) return { did: 'nothing' };
  await (folder ? removeTree(partial) : removeFile(partial));
  return { did: 'removed', paths: [partial] };
}

/** The old envelope stands until the new one is renamed over it. If it is gone, the new one may be the only one. */
async function recoverRewrap({ partial, envelope }: RewrapEntry): Promise<Found> {
  if (!(await exists(partial))) return { did: 'nothing' };
  if (!(await exists(envelope))) return { did: 'kept', paths: [partial] };
  await removeFile(partial);
  return { did: 'removed', paths: [partial] };
}

async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(async (file) => ((await exists(file)) ? [file] : [])));
  return found.flat();
}

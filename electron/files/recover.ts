/** @file At the start: what processes that did not end well have left (FORMAT.md section 5, the table). */
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import { ioErrors } from './io-error.ts';
import {
  isPrivate,
  type JournalFile,
  livingJournals,
  releaseJournalFile,
  takeAbandoned,
} from './journal-folder.ts';
import { fsyncFolder } from './fsync-folder.ts';
import { folderOf, isTrusted, type JournalEntry, pathsOf, readEntries } from './journal-entry.ts';
import { type Found, recoverJob } from './recover-job.ts';

/**
 * What was done for one job, for the user to be told. `error`: why nothing was done; unless it is `journal-untrusted`
 * the job is still in the journal, for the next start. Without an `entry` it is about all journals.
 */
export type Recovered =
  | ({ entry: JournalEntry } & (Found | { did: 'failed'; error: ErrorRecord }))
  | { entry?: never; did: 'failed'; error: ErrorRecord };

/**
 * Treats the temporaries that abandoned journals name, exactly those, and nothing by pattern. A journal whose process
 * lives is left alone. What is on a disk that is not there now, and what fails, stays in its journal.
 *
 * @param folder the folder of journals; it need not exist
 * @param report called for each job as it is treated, unless there was nothing to do
 * @returns what was reported
 * @throws EnvelopeError `source-unreadable`, `io-failed` if the journals themselves cannot be read
 */
export async function recover(
  folder: string,
  report: (recovered: Recovered) => void = () => {},
): Promise<Recovered[]> {
  const all: Recovered[] = [];
  const at = path.resolve(folder);
  const tell = (recovered: Recovered): void => {
    all.push(recovered);
    report(recovered);
  };
  if (!isPrivate(at)) {
    tell({ did: 'failed', error: untrusted(at).toRecord() });
    return all;
  }
  const taken = takeAbandoned(at);
  const living = async (): Promise<Set<string>> => await namedIn(livingJournals(at, taken));
  for (const file of taken) {
    let remove = false;
    try {
      remove = await recoverJournal(file, living, tell);
    } finally {
      releaseJournalFile(at, file, { remove });
    }
  }
  return all;
}

function untrusted(path: string): EnvelopeError {
  return new EnvelopeError('journal-untrusted', 'not written by this program, or not only', { path });
}

/** Every path in `journals`. One that ended meanwhile names nothing. */
async function namedIn(journals: readonly string[]): Promise<Set<string>> {
  const texts = await Promise.all(journals.map(async (file) => await readFile(file, 'utf8').catch(() => '')));
  return new Set(texts.flatMap((text) => readEntries(text).open.flatMap(pathsOf)));
}

/** Returns whether nothing is left to do in this journal. */
async function recoverJournal(
  file: JournalFile,
  living: () => Promise<Set<string>>,
  report: (recovered: Recovered) => void,
): Promise<boolean> {
  const text = await ioErrors('source', file.path, async () => await readFile(file.path, 'utf8'));
  const { open, foreign } = readEntries(text);
  // A line of its own first: the crash may have left half a one.
  const append = async (line: object) => {
    await ioErrors('target', file.path, async () => {
      await appendFile(file.path, `\n${JSON.stringify(line)}\n`, { flush: true });
    });
  };
  let left = foreign;
  for (const entry of open) {
    if (!isTrusted(entry)) {
      report({ entry, did: 'failed', error: untrusted(file.path).toRecord() });
      if (open.length > 1 || foreign) await append({ done: entry.job });
      continue;
    }
    // A plaintext temporary has the same name in every run: one that a living run made is not what this one left.
    if (entry.kind === 'open' && (await living()).has(entry.partial)) continue;
    const recovered = await recoverOne(entry, append);
    if (recovered.did !== 'nothing') report(recovered);
    if (['kept', 'waits', 'failed'].includes(recovered.did)) left = true;
    else if (open.length > 1) await append({ done: entry.job });
  }
  return !left;
}

async function recoverOne(
  entry: JournalEntry,
  note: (entry: JournalEntry) => Promise<void>,
): Promise<Recovered> {
  try {
    const found = await recoverJob(entry, note);
    // Else a power failure could bring back what no journal knows any more.
    if (found.did === 'removed' || found.did === 'finished') await fsyncFolder(folderOf(entry));
    return { entry, ...found };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { entry, did: 'failed', error: error.toRecord() };
  }
}

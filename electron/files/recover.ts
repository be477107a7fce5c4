/** @file At the start: what processes that did not end well have left (FORMAT.md section 5, the table). */
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import { ioErrors } from './io-error.ts';
import { type JournalFile, releaseJournalFile, takeAbandoned } from './journal-folder.ts';
import { type JournalEntry, readEntries } from './journal-entry.ts';
import { type Found, recoverJob } from './recover-job.ts';

/** What was done for one job, for the user to be told. `error`: why it is still in the journal, for the next start. */
export type Recovered = { entry: JournalEntry } & (Found | { did: 'failed'; error: ErrorRecord });

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
  for (const file of takeAbandoned(at)) {
    let remove = false;
    try {
      remove = await recoverJournal(file, (recovered) => {
        all.push(recovered);
        report(recovered);
      });
    } finally {
      releaseJournalFile(at, file, { remove });
    }
  }
  return all;
}

/** Returns whether nothing is left to do in this journal. */
async function recoverJournal(file: JournalFile, report: (recovered: Recovered) => void): Promise<boolean> {
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
    return { entry, ...(await recoverJob(entry, note)) };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { entry, did: 'failed', error: error.toRecord() };
  }
}

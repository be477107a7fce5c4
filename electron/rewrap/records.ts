/** @file The folder of records: which runs are over, and which have something left to do. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isEnvelopeError } from '../../shared/errors.ts';
import { errnoOf, ioErrors } from '../files/io-error.ts';
import { FileLock } from '../files/lock.ts';
import { lockOf, readRecord, RECORD, removeRecord } from './record.ts';
import type { RecordHead } from './record-line.ts';

/** Records of runs of which nothing is left to do; older ones go when a new run begins. */
const KEPT = 10;

/** How a run stands by its record. */
export type RecordSummary = {
  file: string;
  head: RecordHead;
  changed: number;
  already: number;
  failed: number;
  /** Everything was gone through. What failed is not done all the same. */
  complete: boolean;
  /** Somebody alive is at it. */
  live: boolean;
};

/** Whether something is left to do. */
export const isUnfinished = ({ complete, failed, live }: RecordSummary): boolean =>
  !live && (!complete || failed > 0);

/** Undefined if the file does not begin as a record does, or is gone. Errors of the disk, coded. */
export async function summarise(file: string): Promise<RecordSummary | undefined> {
  let head: RecordHead | undefined;
  let complete = false;
  const done = { changed: 0, already: 0 };
  const failed = new Set<string>();
  try {
    for await (const line of readRecord(file)) {
      if ('head' in line) ({ head } = line);
      else if (head === undefined) return undefined;
      else if ('ended' in line) ({ complete } = line.ended);
      else if ('result' in line) {
        const { path: of, state } = line.result;
        complete = false;
        if (state === 'failed') failed.add(of);
        else {
          failed.delete(of);
          done[state] += 1;
        }
      }
    }
  } catch (error) {
    if (isEnvelopeError(error, 'source-missing')) return undefined;
    throw error;
  }
  if (head === undefined) return undefined;
  return { file, head, ...done, failed: failed.size, complete, live: isLive(file) };
}

function isLive(file: string): boolean {
  using lock = FileLock.take(lockOf(file));
  return lock === undefined;
}

/** All records, the newest first. There need be no folder. Errors of the disk, coded. */
export async function listRecords(folder: string): Promise<RecordSummary[]> {
  const names = await ioErrors('source', folder, async () => {
    return await readdir(folder).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    });
  });
  const found: RecordSummary[] = [];
  for (const name of names.filter((one) => one.endsWith(RECORD))) {
    const summary = await summarise(path.join(folder, name));
    if (summary !== undefined) found.push(summary);
  }
  return found.sort((a, b) => (a.head.started < b.head.started ? 1 : -1));
}

/** Takes old records away: all but the newest of those of which nothing is left to do. */
export async function forgetOldRecords(folder: string): Promise<void> {
  const over = (await listRecords(folder)).filter((one) => !one.live && !isUnfinished(one));
  for (const { file } of over.slice(KEPT)) {
    // Somebody else may have begun to use it, or removed it.
    await removeRecord(file).catch((error: unknown) => {
      if (!isEnvelopeError(error)) throw error;
    });
  }
}

/** Paths that need nothing more, by a record. */
export async function donePaths(file: string): Promise<Set<string>> {
  const done = new Set<string>();
  for await (const line of readRecord(file)) {
    if ('result' in line && line.result.state !== 'failed') done.add(line.result.path);
  }
  return done;
}

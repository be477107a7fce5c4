/** @file One task of a worker thread: which loop, from where, to where. */
import { EnvelopeError } from '../../shared/errors.ts';
import { fromSystem } from '../files/io-error.ts';
import type { ArchivePlan } from '../files/archive-plan.ts';
import { Claims } from './claims.ts';
import { type DescriptorIo, descriptorIo, writeFully } from './descriptor-io.ts';
import type { BodySource, ExtractJob, PlainSource, StreamResult } from './job.ts';
import { segmentCount } from './sizes.ts';
import type { Failure, Outcome, Task } from './task.ts';
import {
  FileReader,
  openSegments,
  type PlainReader,
  resealSegments,
  sealSegments,
  type SegmentWork,
} from './worker-segments.ts';

type Notes = StreamResult['notes'];

/** A folder's archive, being written out. */
type Sink = Disposable & { push(bytes: Uint8Array): void; finish(): { notes: Notes } };

/** Where the archive code comes from: loaded only by the jobs that need it, replaced by tests. */
export type ArchiveCode = {
  reader(plan: ArchivePlan): Promise<PlainReader & Disposable>;
  sink(options: { directory?: string; mask: number }): Promise<Sink>;
};

const archiveCode: ArchiveCode = {
  async reader(plan) {
    const { ArchiveSource } = await import('../files/archive-source.ts');
    return new ArchiveSource(plan);
  },
  async sink(options) {
    const { ArchiveSink } = await import('../files/archive-sink.ts');
    return new ArchiveSink(options);
  },
};

/** Bytes handed to the sink at once: a cancel waits for no more files than fit in them. */
const PUSH = 65_536;

/** Helps with `task` until nothing is left to claim. Never rejects: every way out is an {@link Outcome}. */
export async function runTask(
  task: Task,
  buffer: Uint8Array,
  io: DescriptorIo = descriptorIo,
  archive: ArchiveCode = archiveCode,
): Promise<Outcome> {
  const { job, plaintextLength } = task;
  const claims = new Claims(segmentCount(plaintextLength), task.claims);
  const fileKey = new Uint8Array(task.fileKey);
  const work = { header: job.header, fileKey, plaintextLength, claims, io, buffer };
  try {
    return { notes: await helpWith(work, task, archive) };
  } catch (error) {
    claims.close();
    return { notes: [], failure: { segment: claims.current, why: whyOf(error) } };
  }
}

async function helpWith(work: SegmentWork, { job, oldKey }: Task, archive: ArchiveCode): Promise<Notes> {
  if (job.kind === 'extract') return await extract(work, job, archive);
  if (job.kind === 'open') open(work, job.body, job.target);
  else if (job.kind === 'reseal') {
    if (oldKey === undefined) throw new Error('a body is sealed again with two keys');
    const old = { body: job.body, header: job.oldHeader, fileKey: new Uint8Array(oldKey) };
    resealSegments(work, old, job.target);
  } else await seal(work, job.source, job.target, archive);
  return [];
}

async function seal(
  work: SegmentWork,
  source: PlainSource,
  target: number,
  archive: ArchiveCode,
): Promise<void> {
  if (source.kind === 'file') {
    sealSegments(work, new FileReader(work, source), target);
    return;
  }
  using reader = await archive.reader(source.plan);
  sealSegments(work, reader, target);
}

function open(work: SegmentWork, body: BodySource, target: number | undefined): void {
  openSegments(work, body, (plaintext, position) => {
    if (target !== undefined) writeFully(work.io, work.claims, target, plaintext, position);
  });
}

/** One worker alone, so that the sink sees the archive in order. */
async function extract(
  work: SegmentWork,
  { body, directory, mask }: Pick<ExtractJob, 'body' | 'directory' | 'mask'>,
  archive: ArchiveCode,
): Promise<Notes> {
  using sink = await archive.sink({ mask, ...(directory !== undefined && { directory }) });
  try {
    openSegments(work, body, (plaintext) => {
      for (let at = 0; at < plaintext.length; at += PUSH) {
        work.claims.throwIfCancelled();
        sink.push(plaintext.subarray(at, at + PUSH));
      }
    });
    return sink.finish().notes;
  } catch (error) {
    throw fromSystem(error, 'target');
  }
}

function whyOf(error: unknown): Failure['why'] {
  if (error instanceof EnvelopeError) return { kind: 'error', record: error.toRecord() };
  if (error instanceof Error) return { kind: 'bug', message: error.message, stack: error.stack };
  return { kind: 'bug', message: String(error), stack: undefined };
}

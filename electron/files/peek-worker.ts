/** @file A thread that looks at the beginnings of files, many at a time, and waits for the disk itself. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { fromSystem } from './io-error.ts';
import { FOLLOWING, NOT_FOLLOWING } from './peek.ts';
import type { PeekAnswer, PeekedBatch, PeekRequest } from './peek-task.ts';

if (parentPort === null) throw new Error('peek-worker.ts runs in a worker thread');
const asker = parentPort;

/** Where the files of a batch gather. It grows to what the largest batch took. */
let buffer = Buffer.allocUnsafe(65_536);

function roomFor(length: number, used: number): void {
  if (used + length <= buffer.length) return;
  const larger = Buffer.allocUnsafe(2 * (used + length));
  buffer.copy(larger, 0, 0, used);
  buffer = larger;
}

/** Reads behind the first `used` bytes of the buffer. */
function peekAt(used: number, { path, limit, follow }: PeekRequest): PeekAnswer {
  let fd: number | undefined;
  try {
    fd = openSync(path, follow ? FOLLOWING : NOT_FOLLOWING);
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new EnvelopeError('source-special', 'not a regular file', { path });
    const wanted = Math.min(limit, stats.size);
    roomFor(wanted, used);
    let length = 0;
    while (length < wanted) {
      const got = readSync(fd, buffer, used + length, wanted - length, length);
      if (got === 0) break;
      length += got;
    }
    return { at: used, length, size: stats.size };
  } catch (error) {
    const known = fromSystem(error, 'source', path);
    if (!isEnvelopeError(known)) throw known;
    return { error: known.toRecord() };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

asker.on('message', (requests: readonly PeekRequest[]) => {
  let used = 0;
  const answers = requests.map((request) => {
    const answer = peekAt(used, request);
    if ('length' in answer) used += answer.length;
    return answer;
  });
  const bytes = Uint8Array.from(buffer.subarray(0, used));
  asker.postMessage({ bytes, answers } satisfies PeekedBatch, [bytes.buffer]);
});

/**
 * @file Looking for a code on a thread of its own: a hard picture takes seconds of arithmetic in one piece, and who made
 * the picture decides how hard it is. A window must not stand still for it.
 */
import { Worker } from 'node:worker_threads';
import { EnvelopeError } from '../../shared/errors.ts';
import { MAX_PIXELS } from './picture-size.ts';
import type { Picture } from './scan.ts';
import type { ScanAnswer } from './scan-task.ts';
import { secluded } from '../files/secluded.ts';

/** Milliseconds after which a picture that is not done counts as one without a code. */
const PATIENCE = 8_000;
/** Megabytes for the thread's own objects, beside the pixels. */
const MEMORY = 256;

const FILE = import.meta.url.endsWith('.ts') ? './scan-worker.ts' : './scan-worker.js';

const noCode = (why: string): EnvelopeError => new EnvelopeError('picture-no-code', why);

/**
 * The text of the code in a picture, whatever it says. The pixels are copied for the thread, which wipes them; the
 * caller wipes its own.
 * @param patience milliseconds
 * @throws EnvelopeError `picture-no-code`, also of a picture that is too large, takes too long, or too much memory
 */
export async function scanInThread(picture: Picture, patience = PATIENCE): Promise<string> {
  const { width, height } = picture;
  if (width * height > MAX_PIXELS || picture.pixels.length !== 4 * width * height) {
    throw noCode('the picture is larger than any of a sheet, or is cut');
  }
  const pixels = Uint8Array.from(picture.pixels);
  const worker = new Worker(new URL(FILE, import.meta.url), {
    ...secluded,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    workerData: { width, height, pixels } satisfies Picture,
    transferList: [pixels.buffer],
  });
  const answered = Promise.withResolvers<ScanAnswer>();
  worker.once('message', answered.resolve);
  worker.once('error', () => {
    answered.reject(noCode('the thread that looked for a code failed'));
  });
  worker.once('exit', () => {
    answered.reject(noCode('the thread that looked for a code ended'));
  });
  const timer = setTimeout(() => {
    answered.reject(noCode('it took too long to look for a code'));
  }, patience);
  try {
    const answer = await answered.promise;
    if ('error' in answer) throw EnvelopeError.fromRecord(answer.error);
    return answer.text;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

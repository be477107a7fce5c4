/**
 * @file Passphrases on a thread of their own: what makes them slow to guess is a second or more of arithmetic in one
 * piece, and a window must not stand still for it.
 */
import { Worker } from 'node:worker_threads';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Passphrases } from './passphrase.ts';
import type { PassphraseAnswer, PassphraseTask } from './passphrase-task.ts';
import { secluded } from '../files/secluded.ts';

const FILE = import.meta.url.endsWith('.ts') ? './passphrase-worker.ts' : './passphrase-worker.js';

/** @throws EnvelopeError what the thread's work throws; `worker-lost` if it ended without an answer */
async function inThread(task: PassphraseTask): Promise<PassphraseAnswer> {
  const worker = new Worker(new URL(FILE, import.meta.url), {
    ...secluded,
    workerData: task,
  });
  const answered = Promise.withResolvers<PassphraseAnswer>();
  worker.once('message', answered.resolve);
  worker.once('error', (error) => {
    answered.reject(new EnvelopeError('worker-lost', 'the thread with the passphrase failed', {}, error));
  });
  worker.once('exit', () => {
    answered.reject(new EnvelopeError('worker-lost', 'the thread with the passphrase ended'));
  });
  try {
    const answer = await answered.promise;
    if (answer.kind === 'failed') throw EnvelopeError.fromRecord(answer.error);
    return answer;
  } finally {
    await worker.terminate();
  }
}

export const threadedPassphrases: Passphrases = {
  async seal(bytes, passphrase, work) {
    const answer = await inThread({ kind: 'seal', bytes, passphrase, work });
    if (answer.kind !== 'sealed') throw new Error('another answer than was asked for');
    return answer.sealed;
  },
  async open(sealed, passphrase) {
    const answer = await inThread({ kind: 'open', sealed, passphrase });
    if (answer.kind !== 'opened') throw new Error('another answer than was asked for');
    return answer.bytes;
  },
};

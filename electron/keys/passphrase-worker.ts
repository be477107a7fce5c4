/** @file The thread that works with one passphrase, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { isEnvelopeError } from '../../shared/errors.ts';
import { openWithPassphrase, sealWithPassphrase } from './passphrase.ts';
import type { PassphraseAnswer, PassphraseTask } from './passphrase-task.ts';

async function answer(task: PassphraseTask): Promise<PassphraseAnswer> {
  try {
    if (task.kind === 'open') {
      return { kind: 'opened', bytes: await openWithPassphrase(task.sealed, task.passphrase) };
    }
    return { kind: 'sealed', sealed: await sealWithPassphrase(task.bytes, task.passphrase, task.work) };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { kind: 'failed', error: error.toRecord() };
  } finally {
    if (task.kind === 'seal') task.bytes.fill(0);
  }
}

async function work(task: PassphraseTask): Promise<void> {
  const done = await answer(task);
  parentPort?.postMessage(done);
  // The message was a copy.
  if (done.kind === 'opened') done.bytes.fill(0);
}

void work(workerData);

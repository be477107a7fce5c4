/** @file The thread that looks for a code in one picture, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { isEnvelopeError } from '../../shared/errors.ts';
import { type Picture, scan } from './scan.ts';
import type { ScanAnswer } from './scan-task.ts';

function answer(picture: Picture): ScanAnswer {
  try {
    return { text: scan(picture) };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { error: error.toRecord() };
  } finally {
    picture.pixels.fill(0);
  }
}

const picture: Picture = workerData;
parentPort?.postMessage(answer(picture));

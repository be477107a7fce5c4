/** @file A worker thread of the pool. Descriptors, numbers and one shared key come in; counts and errors go out. */
import { parentPort, workerData } from 'node:worker_threads';
import { giveWay } from './give-way.ts';
import { S } from './sizes.ts';
import type { Task, ThreadOptions } from './task.ts';
import { runTask } from './worker-task.ts';

if (parentPort === null) throw new Error('worker.ts runs in a worker thread');
const pool = parentPort;
const buffer = new Uint8Array(S);
const { givesWay }: ThreadOptions = workerData;
if (givesWay) giveWay();

async function help(task: Task): Promise<void> {
  pool.postMessage(await runTask(task, buffer));
}

pool.on('message', (task: Task) => void help(task));

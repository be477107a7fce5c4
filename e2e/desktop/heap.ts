/** @file What is in the page's memory. */
import type { Desktop } from './fixture.ts';

/** Everything that the page's process holds for it: a snapshot of the heap of every world, as text. */
export async function heapOf({ page }: Desktop): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

import { readRecord } from './record.ts';

/** Distinct keys that a record can tell to have been removed; whoever writes envelopes could else fill the memory. */
const MOST = 1_000;

/** Keys that stood in envelopes and do not any more, by the record of a run. */
export async function removedKeys(file: string): Promise<string[]> {
  const removed = new Set<string>();
  for await (const line of readRecord(file)) {
    if (!('result' in line)) continue;
    for (const key of line.result.removed ?? []) if (removed.size < MOST) removed.add(key);
  }
  return [...removed];
}

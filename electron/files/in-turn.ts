/** By name: the last work that was asked for. */
const last = new Map<string, Promise<unknown>>();

/**
 * Runs `work` after everything asked for under the same `name` before it, in this process. Names count as the same
 * without regard to case and Unicode form, as on disks that see it so.
 */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const key = name.normalize('NFC').toLowerCase();
  const before = last.get(key);
  const own = (async () => {
    await before?.catch(() => {});
    return await work();
  })();
  last.set(key, own);
  try {
    return await own;
  } finally {
    if (last.get(key) === own) last.delete(key);
  }
}

/** Megabytes that are offered. */
const usual = [16, 64, 256, 1_000, 4_000, 16_000];

/** What can be chosen: the usual limits, and the one that holds now, in their order. */
export function limitChoices(now: number): number[] {
  return [...new Set([...usual, now])].sort((a, b) => a - b);
}

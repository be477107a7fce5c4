/** @file Many small changes as few large ones. */

/**
 * Hands what is pushed to `apply` at once, and then not again before `ms` have passed: what comes meanwhile is handed
 * over together. A timer and not a frame, because a window that is covered draws no frames but its work goes on.
 */
export function throttle<Change>(apply: (changes: Change[]) => void, ms: number): (change: Change) => void {
  let waiting: Change[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    if (waiting.length === 0) return;
    const changes = waiting;
    waiting = [];
    timer = setTimeout(flush, ms);
    apply(changes);
  };
  return (change) => {
    waiting.push(change);
    if (timer === undefined) flush();
  };
}

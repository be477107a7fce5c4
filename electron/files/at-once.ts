/**
 * @file Whether a call to the file system is made at once, on the thread that asks, or handed to one of Node's threads.
 *
 * Handing a call over and being told of its end takes several times as long as most calls do whose answer is in memory. Two
 * thirds of what the main thread did for a small file was that (build/scripts/bench/NOTES.md). A window must not wait for a
 * disk, so there every call is handed over. The command line has nothing else to do, and waits for disks of this machine
 * (`cli/wait-for-disks.ts`).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds from which on a call was worth handing over: a disk, a share, a virus scanner had to be waited for. */
const SLOW = 0.25;
/** After a slow call, so many of the same kind are handed over: the disks of one batch are mostly alike. */
const HANDED_AFTER_SLOW = 32;
/** Milliseconds of calls at once after which timers, signals and messages get their turn. */
const TURN = 10;

let allowed = false;
let turnBegan = 0;

/** Lets calls be made at once in this process, from now on: for a program without a window, where no disk can hang. */
export function allowAtOnce(): void {
  allowed = true;
}

/** Whether {@link allowAtOnce} was called. */
export function isAtOnceAllowed(): boolean {
  return allowed;
}

/** Calls of one kind: those that are quick here are made at once, and every now and then it is tried again. */
export class CallKind {
  /** How many more are handed over. */
  #handed = 0;

  /**
   * Makes one call. `atOnce` and `handedOver` do the same and fail with the same errors.
   * @throws the system's error
   */
  make<T>(atOnce: () => T, handedOver: () => Promise<T>): Promise<T> {
    if (!allowed) return handedOver();
    if (this.#handed > 0) {
      this.#handed -= 1;
      return handedOver();
    }
    const began = performance.now();
    if (began - turnBegan > TURN) return this.#makeNextTurn(atOnce, began);
    // Not an async function: of what is done for a small file, these are a tenth.
    return settled(() => this.#time(atOnce, began));
  }

  async #makeNextTurn<T>(atOnce: () => T, now: number): Promise<T> {
    turnBegan = now;
    await nextTurn();
    return this.#time(atOnce, performance.now());
  }

  #time<T>(call: () => T, began: number): T {
    try {
      return call();
    } finally {
      if (performance.now() - began > SLOW) this.#handed = HANDED_AFTER_SLOW;
    }
  }
}

/** What `call` returns or throws, as a promise. */
function settled<T>(call: () => T): Promise<T> {
  try {
    return Promise.resolve(call());
  } catch (error) {
    // The system's error, passed on as it is.
    return Promise.reject(error);
  }
}

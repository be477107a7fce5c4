/**
 * @file What the app asked of the system, and what the test answers. `globalThis.recorder` is the same under real
 * Electron, where e2e/desktop/record.ts puts it.
 */

import type { EventEmitter } from 'node:events';

export type RecordedCall = { what: string; args: unknown[] };

export type Recorder = {
  calls: RecordedCall[];
  /** Answers that wait for their question, by what is asked: `dialog.showOpenDialog`. */
  answers: Record<string, unknown[]>;
  /** Those that were shown, for a test to click: `notifications[0].emit('click')`. */
  notifications: EventEmitter[];
};

declare global {
  var recorder: Recorder;
}

globalThis.recorder = { calls: [], answers: {}, notifications: [] };

/** Notes a call. Arguments are copied, so that a later change of them does not change what was noted. */
export function record(what: string, ...args: unknown[]): void {
  globalThis.recorder.calls.push({ what, args: structuredClone(args) });
}

/** Takes the oldest answer that a test has laid ready; without one this throws rather than to wait for nobody. */
export function takeAnswer(what: string): unknown {
  const waiting = globalThis.recorder.answers[what] ?? [];
  if (waiting.length === 0) throw new Error(`stand-in: nobody has answered ${what}`);
  return waiting.shift();
}

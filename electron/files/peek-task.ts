/** @file What goes to a thread that looks at the beginnings of files, and what comes back. */
import type { ErrorRecord } from '../../shared/errors.ts';

/** One file, of which at most `limit` bytes are wanted. A link is refused unless `follow`. */
export type PeekRequest = { path: string; limit: number; follow: boolean };

/** Where in the bytes of the whole batch a file's own begin, how many they are, and its whole length; or why not. */
export type PeekAnswer = { at: number; length: number; size: number } | { error: ErrorRecord };

/** `bytes` of all files of a batch, one after the other; `answers` in the order of the requests. */
export type PeekedBatch = { bytes: Uint8Array<ArrayBuffer>; answers: readonly PeekAnswer[] };

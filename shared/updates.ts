/** @file Newer versions of the program: how far looking for one is. */
import { call, event } from './call.ts';
import type { ErrorRecord } from './errors.ts';

/** `no-feed`: made without a place to look at · `managed`: an administrator sees to it · `package`: the system's packages do. */
export type UpdatesOff = 'no-feed' | 'managed' | 'package';

export type UpdateState =
  | { kind: 'off'; why: UpdatesOff }
  /** Nobody has looked since the program was started. */
  | { kind: 'idle' }
  | { kind: 'looking' }
  /** `looked`: when, ISO 8601. */
  | { kind: 'newest'; looked: string }
  | { kind: 'found'; version: string }
  /** `fraction`: from 0 to 1. */
  | { kind: 'loading'; version: string; fraction: number }
  | { kind: 'ready'; version: string }
  | { kind: 'failed'; error: ErrorRecord };

export const updatesContract = {
  updates: call<[], UpdateState>(),
  /** Looks now. How it goes comes as `updatesChanged`. */
  lookForUpdate: call<[], void>(),
  /** Loads what was found. */
  loadUpdate: call<[], void>(),
  /** Ends the program and installs what was loaded; `update-busy` while files are being worked on. */
  installUpdate: call<[], void>(),
  updatesChanged: event<UpdateState>(),
} as const;
